import { NumberInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Contest } from '#shared/api/contests.ts';
import { fixList } from '../../lib/api/contests.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { counted } from '../../lib/format/number.ts';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';

/** Asks how many will win, and fixes who takes part. */
export function FixListDialog({ contest, onClose }: { contest: Contest; onClose: () => void }) {
  const isFurther = contest.draws.length > 0;
  const form = useForm<{ winners: number | string; reserves: number | string; because: string }>({
    initialValues: { winners: 1, reserves: 3, because: '' },
    validate: {
      winners: (winners) => (typeof winners === 'number' ? null : 'Say how many win.'),
      because: (because) =>
        isFurther && because.trim().length < 3 ? 'Say why it is drawn again, in a few words.' : null,
    },
  });
  const fix = useChange(
    ({ winners, reserves, because }: typeof form.values) =>
      fixList(contest.key, {
        winners: Number(winners),
        reserves: Number(reserves || 0),
        because: because.trim() === '' ? null : because,
      }),
    { touches: [CONTESTS_KEY], onDone: onClose, onRefused: refusalInto(form) },
  );
  return (
    <DialogForm
      title="Fix who takes part"
      submit="Fix the list"
      busy={fix.isPending}
      onSubmit={form.onSubmit((values) => fix.mutate(values))}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        Of {counted(contest.entries, 'entry', 'entries')}, those that may not win are left out. Nobody is
        drawn yet, and the list can be withdrawn until then.
      </Text>
      <NumberInput
        label="Winners"
        min={1}
        max={1_000}
        allowDecimal={false}
        data-autofocus
        {...form.getInputProps('winners')}
      />
      <NumberInput
        label="Reserves"
        description="Drawn behind the winners, for those who can’t be reached."
        min={0}
        max={1_000}
        allowDecimal={false}
        {...form.getInputProps('reserves')}
      />
      {isFurther && (
        <TextInput
          label="Why it is drawn again"
          placeholder="The second prize"
          maxLength={300}
          {...form.getInputProps('because')}
        />
      )}
    </DialogForm>
  );
}
