import { Group, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import {
  type Gateway,
  gatewayKindSchema,
  type SaveGateway,
  saveGatewaySchema,
} from '#shared/api/gateways.ts';
import { changeGateway, createGateway } from '../../lib/api/gateways.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { SETTINGS_KEY } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { GATEWAY_KINDS } from './gateway-kinds.ts';
import { numberOrNull } from './number-or-null.ts';

interface Values {
  name: string;
  kind: Gateway['kind'];
  sendUrl: string;
  secret: string;
  partsSeconds: number;
  repeatSeconds: number;
  mostAtOnce: number | string;
  perSecond: number | string;
}

/** Adds a gateway or changes it. The kind is for good; a secret is never shown again. */
export function GatewayDialog({ gateway, onClose }: { gateway: Gateway | null; onClose: () => void }) {
  const form = useForm<Values>({
    initialValues: {
      name: gateway?.name ?? '',
      kind: gateway?.kind ?? 'simulated',
      sendUrl: gateway?.sendUrl ?? '',
      secret: '',
      partsSeconds: gateway?.partsSeconds ?? 300,
      repeatSeconds: gateway?.repeatSeconds ?? 0,
      mostAtOnce: gateway?.mostAtOnce ?? '',
      perSecond: gateway?.perSecond ?? '',
    },
    validate: (values) => schemaResolver(saveGatewaySchema, { sync: true })(inputOf(values)),
  });
  const save = useChange(
    (input: SaveGateway) => (gateway ? changeGateway(gateway.id, input) : createGateway(input)),
    {
      touches: [SETTINGS_KEY],
      onDone: onClose,
      onRefused: refusalInto(form),
    },
  );
  const { hasAddress } = GATEWAY_KINDS[form.values.kind];
  return (
    <DialogForm
      title={gateway ? gateway.name : 'Add gateway'}
      submit={gateway ? 'Save' : 'Add gateway'}
      busy={save.isPending}
      onSubmit={form.onSubmit((values) => save.mutate(inputOf(values)))}
      onClose={onClose}
    >
      {gateway && (
        <CopyField
          label="Address for texts that come in"
          description="Give it to the carrier only: whoever knows it can hand in texts."
          value={`${window.location.origin}${gateway.inboundPath}`}
        />
      )}
      {gateway?.reportPath && (
        <CopyField
          label="Address for delivery reports"
          description="The carrier tells there what became of each text."
          value={`${window.location.origin}${gateway.reportPath}`}
        />
      )}
      <TextInput label="Name" placeholder="Try-out" data-autofocus {...form.getInputProps('name')} />
      <Select
        label="Kind"
        allowDeselect={false}
        disabled={gateway !== null}
        data={gatewayKindSchema.options.map((kind) => ({
          value: kind,
          label: `${GATEWAY_KINDS[kind].label}: ${GATEWAY_KINDS[kind].does}`,
        }))}
        {...form.getInputProps('kind')}
      />
      {hasAddress && (
        <TextInput
          label="Web address to send texts to"
          placeholder="https://carrier.example.com/send"
          {...form.getInputProps('sendUrl')}
        />
      )}
      <PasswordInput
        label="Shared secret (optional)"
        description={
          gateway?.signed
            ? 'Texts are signed with a secret that is set already. Write a new one to replace it.'
            : 'Texts both ways are then signed with it (HMAC-SHA256, Standard Webhooks). It is not shown again.'
        }
        autoComplete="new-password"
        {...form.getInputProps('secret')}
      />
      <NumberInput
        label="Wait for missing parts (seconds)"
        description="A long text comes in parts. If one never comes, the rest is answered after this time, with a gap."
        min={10}
        max={3600}
        allowDecimal={false}
        {...form.getInputProps('partsSeconds')}
      />
      <NumberInput
        label="Same text is a repeat within (seconds)"
        description="For carriers that repeat texts under new ids. 0: only the same id is a repeat."
        min={0}
        max={3600}
        allowDecimal={false}
        {...form.getInputProps('repeatSeconds')}
      />
      <Group grow align="start">
        <NumberInput
          label="Texts on their way at once"
          description="No more while it hangs."
          placeholder="As many as it bears"
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps('mostAtOnce')}
        />
        <NumberInput
          label="Texts a second"
          description="All its senders together."
          placeholder="As fast as it goes"
          min={0}
          max={10000}
          {...form.getInputProps('perSecond')}
        />
      </Group>
    </DialogForm>
  );
}

/** A form knows text only; what is stored knows "none". */
const inputOf = ({
  name,
  kind,
  sendUrl,
  secret,
  partsSeconds,
  repeatSeconds,
  mostAtOnce,
  perSecond,
}: Values): SaveGateway => ({
  name,
  kind,
  sendUrl: (GATEWAY_KINDS[kind].hasAddress && sendUrl.trim()) || null,
  ...(secret === '' ? {} : { secret }),
  partsSeconds: Number(partsSeconds),
  repeatSeconds: Number(repeatSeconds),
  mostAtOnce: numberOrNull(mostAtOnce),
  perSecond: numberOrNull(perSecond),
});
