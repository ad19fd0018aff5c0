import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Campaign } from '#shared/api/campaigns.ts';
import { counted } from '../../lib/format/number.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { wallOf } from '../../lib/format/wall-clock.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { goToFirstWrong } from '../../lib/go-to-input.ts';
import { notifyLeftOut } from '../../lib/notify.tsx';
import { CAMPAIGNS_KEY, FINDINGS_KEY } from '../../lib/queries/campaign-queries.ts';
import { sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useZone } from '../../lib/use-zone.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FlowSelect } from '../../ui/flow-select.tsx';
import { AudienceFields } from './audience-fields.tsx';
import {
  campaignOf,
  type CampaignPlan,
  EMPTY_PLAN,
  FIELDS,
  isBehind,
  planOf,
  wrongIn,
} from './campaign-plan.ts';
import { leftOutWords } from './campaign-words.ts';
import type { PeopleFile } from './read-people-file.ts';
import { saveCampaign, type SavedCampaign } from './save-campaign.ts';
import { ScheduleFields } from './schedule-fields.tsx';

export interface CampaignDialogProps {
  title: string;
  /** The verb on the button. */
  submit: string;
  /** The draft that is changed; left out, one is made. */
  before?: Campaign;
  /** What stands over the buttons, unless it is being saved. */
  notice?: ReactNode;
  /** Nothing may be saved at present. */
  isHalted?: boolean;
  onSaved: (saved: SavedCampaign) => void;
  /** A draft was changed, and the numbers of its file follow. */
  onWritten?: (now: Campaign) => void;
  /** It was refused, or broke off half-way. */
  onFailed?: () => void;
  onClose: () => void;
}

/** Asks which flow, whom for, when and how fast; what is wrong stands beside its field. */
export function CampaignDialog({
  before,
  onSaved,
  onWritten,
  onFailed,
  onClose,
  ...dialog
}: CampaignDialogProps) {
  const zone = useZone();
  const { data: senders } = useQuery(sendersQuery);
  const [file, setFile] = useState<PeopleFile | null>(null);
  const [uploaded, setUploaded] = useState(0);
  const kept = before?.audience.kind === 'file' ? before.people : 0;
  const form = useForm<CampaignPlan>({
    initialValues: before ? planOf(before) : EMPTY_PLAN,
    validate: (plan) =>
      wrongIn(plan, { hasPeople: file !== null || kept > 0, now: wallOf(new Date().toISOString(), zone) }),
  });
  const isKnown = (address: string | null) => senders?.some((one) => one.address === address) ?? false;
  const intoFields = refusalInto(form, FIELDS);
  const save = useChange(
    (plan: CampaignPlan) => {
      const sender = isKnown(plan.sender) ? plan.sender : null;
      const input = campaignOf({ ...plan, sender }, senders?.[0]?.address, before);
      return saveCampaign({ input, before, file, onUploaded: setUploaded, onWritten });
    },
    {
      touches: [CAMPAIGNS_KEY, FINDINGS_KEY],
      onDone: (saved) => {
        if (saved.wrong.length > 0) notifyLeftOut(leftOutWords(saved.wrong));
        onSaved(saved);
      },
      onRefused: (error) => {
        setUploaded(0);
        onFailed?.();
        intoFields(error);
      },
    },
  );
  const submit = form.onSubmit((plan) => save.mutate(plan));
  const submitOrShow = (event: FormEvent<HTMLFormElement>) => {
    submit(event);
    goToFirstWrong(event.currentTarget);
  };
  return (
    <Dialog onClose={onClose} title={dialog.title} size={560}>
      <form onSubmit={submitOrShow} noValidate>
        <Stack gap="sm">
          <TextInput label="Name" placeholder="Spring offer" data-autofocus {...form.getInputProps('name')} />
          <FlowSelect name={before?.flow.name} {...form.getInputProps('flowId')} />
          <NewerVersion before={before} flowId={form.values.flowId}>
            {(label) => <Checkbox label={label} {...form.getInputProps('newest', { type: 'checkbox' })} />}
          </NewerVersion>
          {senders && senders.length > 1 && (
            <Select
              label="From"
              placeholder={formatPhone(senders[0]?.address ?? '')}
              data={senders.map(({ address }) => ({ value: address, label: formatPhone(address) }))}
              {...form.getInputProps('sender')}
              value={isKnown(form.values.sender) ? form.values.sender : null}
            />
          )}
          <AudienceFields form={form} file={file} kept={kept} onFile={setFile} />
          <ScheduleFields form={form} />
          <NumberInput
            label="People a minute"
            description="Slower leaves room for replies, and for people who answer them."
            min={1}
            max={60_000}
            allowDecimal={false}
            thousandSeparator=","
            {...form.getInputProps('perMinute')}
          />
          <Text size="sm" c="dimmed" role="status">
            {save.isPending && file && uploaded > 0
              ? `${counted(uploaded, 'number')} of ${counted(file.people.length, 'row')} handed over…`
              : 'Nothing goes out yet: next you see what it would do.'}
          </Text>
          {!save.isPending && dialog.notice}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!senders || dialog.isHalted}>
              {dialog.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface NewerVersionProps {
  before: Campaign | undefined;
  flowId: string | null;
  children: (label: string) => ReactNode;
}

/** Asks whether to take the version that was published since; one of a series takes it by itself. */
function NewerVersion({ before, flowId, children }: NewerVersionProps) {
  if (!before || before.flow.id !== flowId || !isBehind(before)) return null;
  const { version, newest } = before.flow;
  return children(`Use version ${newest}, published since: it begins version ${version} otherwise`);
}
