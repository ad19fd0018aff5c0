import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTrophy } from '@tabler/icons-react';
import type { Contest, Draw } from '#shared/api/contests.ts';
import { holdDraw } from '../../lib/api/contests.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { counted } from '../../lib/format/number.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { askFirst } from '../../ui/confirm.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { LeftOutWords } from './left-out-words.tsx';
import { WithdrawListButton } from './withdraw-list-button.tsx';

/** A draw whose list is fixed: what can be shown to the public now, and the button that draws. */
export function HoldDrawCard({ contest, draw }: { contest: Contest; draw: Draw }) {
  const may = useMay('compliance');
  const form = useForm({
    initialValues: { publicValue: '' },
    validate: {
      publicValue: (value) =>
        draw.publicSource !== null && value.trim() === '' ? 'Write down what it turned out to be.' : null,
    },
  });
  const hold = useChange((publicValue: string) => holdDraw(contest.key, draw.number, publicValue), {
    touches: [CONTESTS_KEY, CONTACTS_KEY],
    onRefused: refusalInto(form),
  });
  const wanted = `${counted(draw.winners, 'winner')} and ${counted(draw.reserves, 'reserve')}`;
  return (
    <Card component="section" aria-label="The draw">
      <form
        onSubmit={form.onSubmit(({ publicValue }) =>
          askFirst({
            title: 'Draw the winners?',
            children: `${wanted} of ${counted(draw.entries, 'entry', 'entries')}. A draw is held once and stays.`,
            confirm: 'Draw the winners',
            danger: false,
            onConfirm: () => hold.mutate(publicValue.trim()),
          }),
        )}
        noValidate
      >
        <Stack gap="sm">
          <div>
            <Title order={2} size="h3" mb={4}>
              {counted(draw.entries, 'entry takes', 'entries take')} part
            </Title>
            <Text size="sm" c="dimmed">
              <LeftOutWords leftOut={draw.leftOut} /> To be drawn: {wanted}.
            </Text>
          </div>
          <CopyField
            label="Fingerprint of the list"
            value={draw.fingerprint}
            description="Publish it, with the list if you like: it holds ids and no numbers. Nobody can be added or taken away any more."
          />
          <CopyField label="Seal of this draw" value={draw.seal} />
          {draw.publicSource !== null && (
            <TextInput
              label={draw.publicSource}
              description="What it turned out to be. Numbers count in any order."
              placeholder="7, 14, 23, 31, 40, 45"
              maxLength={400}
              disabled={!may}
              {...form.getInputProps('publicValue')}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <ExportButton
              path={`/api/contests/${contest.key}/draws/${draw.number}/list`}
              name="entries.txt"
              words="List"
            />
            {may && (
              <>
                <WithdrawListButton contestKey={contest.key} draw={draw.number} />
                <Button type="submit" leftSection={<IconTrophy size={16} />} loading={hold.isPending}>
                  Draw the winners
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
