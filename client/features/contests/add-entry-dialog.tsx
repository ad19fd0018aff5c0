import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Contest } from '#shared/api/contests.ts';
import { addEntry } from '../../lib/api/contests.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { instantOf } from '../../lib/format/wall-clock.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useZone } from '../../lib/use-zone.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';

/** Writes down who entered without a text. */
export function AddEntryDialog({ contest, onClose }: { contest: Contest; onClose: () => void }) {
  const zone = useZone();
  const isOver = contest.status !== 'open';
  const form = useForm({
    initialValues: { phone: '', at: '' },
    validate: {
      phone: (phone) => (phone.trim() === '' ? 'Write a phone number.' : null),
      at: (at) => (isOver && at === '' ? 'Say when it arrived.' : null),
    },
  });
  const add = useChange(
    ({ phone, at }: typeof form.values) =>
      addEntry(contest.key, { phone, ...(at === '' ? {} : { at: instantOf(at, zone) }) }),
    {
      touches: [CONTESTS_KEY],
      onDone: () => {
        onClose();
        notifyDone('The entry is written down.');
      },
      onRefused: refusalInto(form),
    },
  );
  return (
    <DialogForm
      title="Add an entry"
      submit="Add entry"
      busy={add.isPending}
      onSubmit={form.onSubmit((values) => add.mutate(values))}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        For those who entered by letter or on the web. Their chances are the same, and it is no consent to
        texts.
      </Text>
      <TextInput
        label="Number"
        placeholder="+44 7700 900001"
        data-autofocus
        {...form.getInputProps('phone')}
      />
      <TextInput
        type="datetime-local"
        label="Arrived"
        description={isOver ? 'It has to be before the contest closed.' : 'Empty: now.'}
        {...form.getInputProps('at')}
      />
    </DialogForm>
  );
}
