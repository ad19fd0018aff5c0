import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { Gateway } from '#shared/api/gateways.ts';
import type { Program } from '#shared/api/programs.ts';
import { type SaveSender, type Sender, saveSenderSchema } from '#shared/api/senders.ts';
import { changeSender, createSender, deleteSender } from '../../lib/api/senders.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { notifyDone } from '../../lib/notify.tsx';
import {
  gatewaysQuery,
  programsQuery,
  sendersQuery,
  SETTINGS_KEY,
} from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { askFirst } from '../../ui/confirm.tsx';
import { COUNTRY_OPTIONS } from '../../lib/countries.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { SENDER_KINDS } from './sender-kinds.ts';
import { SenderLimits } from './sender-limits.tsx';
import { limitValues, type SenderValues, senderInput } from './sender-values.ts';

export interface SenderDialogProps {
  sender: Sender | null;
  onClose: () => void;
}

/** Adds a sender, changes or removes it. */
export function SenderDialog(props: SenderDialogProps) {
  const { data: gateways } = useQuery(gatewaysQuery);
  const { data: programs } = useQuery(programsQuery);
  const { data: senders } = useQuery(sendersQuery);
  if (!gateways || !programs || !senders) return <Skeleton height={1} />;
  // The words for STOP hang on it: where nothing says which country, none is suggested.
  const home = senders[0]?.country ?? '';
  return <SenderForm {...props} gateways={gateways} programs={programs} home={home} />;
}

interface SenderFormProps extends SenderDialogProps {
  gateways: readonly Gateway[];
  programs: readonly Program[];
  /** The country that the others are of. */
  home: string;
}

function SenderForm({ sender, onClose, gateways, programs, home }: SenderFormProps) {
  const form = useForm<SenderValues>({
    initialValues: {
      ...limitValues(sender),
      address: sender?.address ?? '',
      kind: sender?.kind ?? 'short-code',
      country: sender?.country ?? home,
      gatewayId: sender?.gateway.id ?? gateways[0]?.id ?? '',
      programId: sender?.program.id ?? programs[0]?.id ?? '',
    },
    validate: (values) => schemaResolver(saveSenderSchema, { sync: true })(senderInput(values)),
  });
  const save = useChange(
    (input: SaveSender) => (sender ? changeSender(sender.id, input) : createSender(input)),
    {
      touches: [SETTINGS_KEY],
      onDone: onClose,
      onRefused: refusalInto(form),
    },
  );
  const kind = SENDER_KINDS[form.values.kind];
  return (
    <DialogForm
      title={sender ? `Sender ${sender.address}` : 'Add sender'}
      submit={sender ? 'Save' : 'Add sender'}
      busy={save.isPending}
      onSubmit={form.onSubmit((values) => save.mutate(senderInput(values)))}
      onClose={onClose}
      extra={sender && <RemoveButton sender={sender} onDone={onClose} />}
    >
      <Select
        label="Kind"
        allowDeselect={false}
        description={kind.hint}
        data={Object.entries(SENDER_KINDS).map(([value, { label }]) => ({ value, label }))}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={form.values.kind === 'alphanumeric' ? 'Name people see' : 'Number'}
        placeholder={kind.example}
        data-autofocus
        {...form.getInputProps('address')}
      />
      <Select
        label="Country"
        description="It decides the words for STOP and HELP."
        placeholder="Choose a country"
        searchable
        allowDeselect={false}
        data={COUNTRY_OPTIONS}
        {...form.getInputProps('country')}
      />
      <Select
        label="Program"
        description="Whose brand it is, and what HELP answers."
        allowDeselect={false}
        placeholder="Add a program first"
        data={programs.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('programId')}
        error={
          programs.length === 0
            ? form.errors.programId && 'Add a program first, under Programs.'
            : form.errors.programId
        }
      />
      <Select
        label="Gateway"
        description="The account its texts go through."
        allowDeselect={false}
        placeholder="Add a gateway first"
        data={gateways.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('gatewayId')}
        error={
          gateways.length === 0
            ? form.errors.gatewayId && 'Add a gateway first, under Gateways.'
            : form.errors.gatewayId
        }
      />
      <SenderLimits form={form} />
    </DialogForm>
  );
}

function RemoveButton({ sender, onDone }: { sender: Sender; onDone: () => void }) {
  const remove = useChange(() => deleteSender(sender.id), {
    touches: [SETTINGS_KEY],
    onDone: () => {
      onDone();
      notifyDone(`${sender.address} was removed.`);
    },
  });
  return (
    <Button
      variant="subtle"
      color="red"
      c="var(--tl-bad)"
      loading={remove.isPending}
      onClick={() =>
        askFirst({
          title: `Remove ${sender.address}?`,
          children: 'Texts to it will be set aside from then on. Its past messages stay.',
          confirm: 'Remove sender',
          onConfirm: () => remove.mutate(),
        })
      }
    >
      Remove
    </Button>
  );
}
