import { Alert, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { LONGEST_CODE } from '#shared/api/vouchers.ts';
import { redeemCode } from '../../lib/api/vouchers.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { exactMoment } from '../../lib/format/moment.ts';
import { instantOf } from '../../lib/format/wall-clock.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { VOUCHERS_KEY } from '../../lib/queries/voucher-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useZone } from '../../lib/use-zone.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';

/** Writes down that a code was used, where no till does. */
export function RedeemDialog({ poolKey, onClose }: { poolKey: string; onClose: () => void }) {
  const zone = useZone();
  const form = useForm({
    initialValues: { code: '', at: '' },
    validate: { code: (code) => (code.trim() === '' ? 'Write the code.' : null) },
  });
  const redeem = useChange(
    ({ code, at }: typeof form.values) =>
      redeemCode(poolKey, { code: code.trim(), ...(at === '' ? {} : { at: instantOf(at, zone) }) }),
    {
      touches: [VOUCHERS_KEY],
      onDone: ({ code, outcome }) => {
        if (outcome === 'already') return;
        onClose();
        notifyDone(`The code ${code} is redeemed.`);
      },
      onRefused: refusalInto(form),
    },
  );
  const before = redeem.data?.outcome === 'already' ? redeem.data : null;
  return (
    <DialogForm
      title="Redeem a code"
      submit="Redeem code"
      busy={redeem.isPending}
      onSubmit={form.onSubmit((values) => redeem.mutate(values))}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        A till can do the same through the API. The conversation that gave the code hears of it.
      </Text>
      <TextInput
        label="Code"
        placeholder="As it stands in the text"
        maxLength={LONGEST_CODE}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('code')}
      />
      <TextInput
        type="datetime-local"
        label="Redeemed"
        description="Empty: now."
        {...form.getInputProps('at')}
      />
      {before && (
        <Alert
          role="status"
          icon={<IconInfoCircle size={18} color="var(--tl-warn)" />}
          title={`The code ${before.code} was redeemed before`}
        >
          On {exactMoment(before.redeemedAt, zone)}. It stays so, and nothing was changed.
        </Alert>
      )}
    </DialogForm>
  );
}
