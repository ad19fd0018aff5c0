import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addCampaignPeople, createCampaign, removeCampaign } from '../../lib/api/campaigns.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { counted } from '../../lib/format/number.ts';
import { formatPhone } from '../../lib/format/phone.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { CAMPAIGNS_KEY } from '../../lib/queries/campaign-queries.ts';
import { flowsQuery } from '../../lib/queries/flow-queries.ts';
import { sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { AudienceFields } from './audience-fields.tsx';
import { campaignOf, type CampaignPlan, EMPTY_PLAN, missingIn } from './campaign-plan.ts';
import type { PeopleFile } from './read-people-file.ts';
import { ScheduleFields } from './schedule-fields.tsx';

/** People of a file that go to the server at once. */
const PART = 2_000;

/** Asks which flow, whom for, when and how fast; the draft then says what it would do. */
export function NewCampaignDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { data: flows } = useQuery(flowsQuery({ status: 'live', page: 1, size: 100 }));
  const { data: senders } = useQuery(sendersQuery);
  const [file, setFile] = useState<PeopleFile | null>(null);
  const [uploaded, setUploaded] = useState(0);
  const form = useForm<CampaignPlan>({
    initialValues: EMPTY_PLAN,
    validate: (values) => missingIn(values, file !== null),
  });
  const create = useChange(
    async (plan: CampaignPlan) => {
      const { id } = await createCampaign(campaignOf(plan, senders?.[0]?.address));
      if (plan.audience !== 'file' || !file) return { id, wrong: 0 };
      try {
        let wrong = 0;
        for (let at = 0; at < file.people.length; at += PART) {
          const added = await addCampaignPeople(id, file.people.slice(at, at + PART));
          wrong += added.wrong.length;
          setUploaded(Math.min(at + PART, file.people.length));
        }
        return { id, wrong };
      } catch (cause) {
        // Whoever tries again shall not find this one beside it, with half of the people.
        await removeCampaign(id).catch(() => undefined);
        throw cause;
      }
    },
    {
      touches: [CAMPAIGNS_KEY],
      onDone: ({ id, wrong }) => {
        if (wrong > 0) notifyDone(`${counted(wrong, 'row was', 'rows were')} no phone number and left out.`);
        onClose();
        void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } });
      },
      onRefused: refusalInto(form),
    },
  );
  return (
    <Modal opened onClose={onClose} title="New campaign" size={560}>
      <form onSubmit={form.onSubmit((plan) => create.mutate(plan))} noValidate>
        <Stack gap="sm">
          <TextInput label="Name" placeholder="Spring offer" data-autofocus {...form.getInputProps('name')} />
          <Select
            label="Flow"
            placeholder="Choose a live flow"
            searchable
            nothingFoundMessage="No live flow is called that"
            data={(flows?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('flowId')}
          />
          {senders && senders.length > 1 && (
            <Select
              label="From"
              placeholder={formatPhone(senders[0]?.address ?? '')}
              data={senders.map(({ address }) => ({ value: address, label: formatPhone(address) }))}
              {...form.getInputProps('sender')}
            />
          )}
          <AudienceFields form={form} file={file} onFile={setFile} />
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
            {create.isPending && file && uploaded > 0
              ? `${counted(uploaded, 'number')} handed over…`
              : 'Nothing goes out yet: next you see what it would do.'}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!senders}>
              See what it would do
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
