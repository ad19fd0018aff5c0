import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { slugify } from '#shared/ids.ts';
import type { Pool } from '#shared/api/vouchers.ts';
import { changePool, createPool } from '../../lib/api/vouchers.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { VOUCHERS_KEY } from '../../lib/queries/voucher-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useZone } from '../../lib/use-zone.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { isOver } from './run-out-words.ts';
import { useToday } from './use-today.ts';

/** Adds a pool or changes it. Its key is made from the name once, and stays. */
export function PoolDialog({ pool, onClose }: { pool: Pool | null; onClose: () => void }) {
  const zone = useZone();
  const today = useToday();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: {
      name: pool?.name ?? '',
      key: pool?.key ?? '',
      description: pool?.description ?? '',
      onePerPerson: pool?.onePerPerson ?? true,
      expiresOn: pool?.expiresOn ?? '',
    },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give the pool a name.' : null),
      // The day of a pool that is there may be brought forward: then nothing more is given or redeemed.
      expiresOn: (day) =>
        pool === null && isOver(day || null, today) ? 'That day is over. Choose one to come.' : null,
    },
  });
  const { values } = form;
  const key = pool?.key ?? (values.key || slugify(values.name, 'vouchers'));
  const save = useChange(
    () => {
      const { key: _, expiresOn, ...rest } = values;
      const input = { ...rest, expiresOn: expiresOn || null };
      return pool ? changePool(key, input) : createPool({ ...input, key });
    },
    {
      touches: [VOUCHERS_KEY],
      onDone: () => {
        onClose();
        if (!pool) void navigate({ to: '/vouchers/$key', params: { key } });
      },
      onRefused: refusalInto(form),
    },
  );
  return (
    <DialogForm
      title={pool ? pool.name : 'New pool'}
      submit={pool ? 'Save' : 'Add pool'}
      busy={save.isPending}
      onSubmit={form.onSubmit(() => save.mutate())}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Spring deal" data-autofocus {...form.getInputProps('name')} />
      {!pool && (
        <TextInput
          label="Key"
          description="What flows call it. It can’t be changed later."
          placeholder={slugify(values.name, 'spring-deal')}
          {...form.getInputProps('key')}
        />
      )}
      <Textarea
        label="Description"
        description="For your team: what a code is good for, and where."
        placeholder="20% off everything, in shops and online"
        autosize
        {...form.getInputProps('description')}
      />
      <Checkbox
        label="One per person"
        description="Whoever asks again gets the same code. Otherwise everybody gets another one each time."
        {...form.getInputProps('onePerPerson', { type: 'checkbox' })}
      />
      <TextInput
        type="date"
        label="Last day"
        description={`Codes are given and redeemed up to the end of it, in ${zone}. Without one they are good for ever.`}
        {...form.getInputProps('expiresOn')}
      />
    </DialogForm>
  );
}
