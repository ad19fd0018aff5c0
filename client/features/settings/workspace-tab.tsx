import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type Workspace, workspaceSchema } from '#shared/api/settings.ts';
import { changeWorkspace } from '../../lib/api/settings.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { exactMoment } from '../../lib/format/moment.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { sessionQuery, useSession } from '../../lib/queries/session-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { TabHead } from './tab-head.tsx';

/** The workspace's name, and the zone in which times are shown and days are counted. */
export function WorkspaceTab() {
  const { workspace } = useSession();
  const mayEdit = useMay('owner');
  const form = useForm<Workspace>({
    initialValues: { name: workspace.name, timeZone: workspace.timeZone },
    validate: schemaResolver(workspaceSchema, { sync: true }),
  });
  const save = useChange(changeWorkspace, {
    touches: [sessionQuery.queryKey],
    onDone: () => {
      form.resetDirty();
      notifyDone('Saved.');
    },
    onRefused: refusalInto(form),
  });
  const now = exactMoment(new Date().toISOString(), form.values.timeZone);
  return (
    <>
      <TabHead title="Workspace">
        Everything here belongs to one workspace: its flows, contacts, senders and people.
      </TabHead>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack maw={440}>
          <TextInput label="Name" readOnly={!mayEdit} dir="auto" {...form.getInputProps('name')} />
          <Select
            label="Time zone"
            description={`All times are shown in it. There it is ${now}.`}
            searchable
            allowDeselect={false}
            readOnly={!mayEdit}
            data={zones(workspace.timeZone)}
            {...form.getInputProps('timeZone')}
          />
          {mayEdit && (
            <Group>
              <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </>
  );
}

/** The zones this browser knows, with UTC and the one in use. */
const zones = (present: string): string[] => [
  ...new Set(['UTC', present, ...Intl.supportedValuesOf('timeZone')]),
];
