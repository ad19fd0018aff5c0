import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type Workspace, workspaceSchema } from '#shared/api/workspace.ts';
import { changeWorkspace } from '../../lib/api/workspace.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { exactMoment } from '../../lib/format/moment.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { sessionQuery, useSession } from '../../lib/queries/session-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { numberOrNull } from './number-or-null.ts';
import { SendingHistory } from './sending-history.tsx';
import { TabHead } from './tab-head.tsx';

/** The workspace's name, the zone in which times are shown and days are counted, and how much marketing one person gets. */
export function WorkspaceTab() {
  const { workspace } = useSession();
  const mayEdit = useMay('owner');
  const form = useForm<Values>({
    initialValues: {
      name: workspace.name,
      timeZone: workspace.timeZone,
      marketingADay: workspace.marketingADay ?? '',
      marketingAWeek: workspace.marketingAWeek ?? '',
    },
    validate: (values) => schemaResolver(workspaceSchema, { sync: true })(inputOf(values)),
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
      <form onSubmit={form.onSubmit((values) => save.mutate(inputOf(values)))} noValidate>
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
          <Group grow align="start">
            <NumberInput
              label="Marketing a day"
              description="Texts to one person in 24 hours. What is over that waits."
              placeholder="No limit"
              suffix=" texts"
              min={1}
              max={100}
              allowDecimal={false}
              readOnly={!mayEdit}
              {...form.getInputProps('marketingADay')}
            />
            <NumberInput
              label="Marketing a week"
              description="Texts to one person in 7 days. Replies and codes never count."
              placeholder="No limit"
              suffix=" texts"
              min={1}
              max={500}
              allowDecimal={false}
              readOnly={!mayEdit}
              {...form.getInputProps('marketingAWeek')}
            />
          </Group>
          {mayEdit && (
            <Group>
              <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <SendingHistory />
    </>
  );
}

interface Values {
  name: string;
  timeZone: string;
  marketingADay: number | string;
  marketingAWeek: number | string;
}

const inputOf = ({ name, timeZone, marketingADay, marketingAWeek }: Values): Workspace => ({
  name,
  timeZone,
  marketingADay: numberOrNull(marketingADay),
  marketingAWeek: numberOrNull(marketingAWeek),
});

/** The zones this browser knows, with UTC and the one in use. */
const zones = (present: string): string[] => [
  ...new Set(['UTC', present, ...Intl.supportedValuesOf('timeZone')]),
];
