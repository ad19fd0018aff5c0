import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useZone } from '../../lib/use-zone.ts';
import type { CampaignPlan } from './campaign-plan.ts';

/** When a campaign begins, and on whose clock. */
export function ScheduleFields({ form }: { form: UseFormReturnType<CampaignPlan> }) {
  const zone = useZone();
  const { when } = form.values;
  return (
    <Stack gap={6}>
      <Select label="Begins" allowDeselect={false} data={WHENS} {...form.getInputProps('when')} />
      {when !== 'now' && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing={6}>
          <TextInput
            type="datetime-local"
            aria-label={when === 'at' ? 'Date and time' : 'First date and time'}
            {...form.getInputProps('at')}
          />
          <Select
            aria-label="Clock"
            allowDeselect={false}
            data={[
              { value: 'workspace', label: `Your clock (${zone})` },
              { value: 'contact', label: 'Each person’s own clock' },
            ]}
            {...form.getInputProps('zone')}
          />
        </SimpleGrid>
      )}
    </Stack>
  );
}

const WHENS = [
  { value: 'now', label: 'When you say so' },
  { value: 'at', label: 'At a time' },
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
];
