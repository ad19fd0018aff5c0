import { Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { COUNTRY_OPTIONS } from '../../lib/countries.ts';
import { SenderOperators } from './sender-operators.tsx';
import type { SenderValues } from './sender-values.ts';

/** What a sender may send, how much and how fast. */
export function SenderLimits({ form }: { form: UseFormReturnType<SenderValues> }) {
  return (
    <Stack component="fieldset" gap="sm" p={0} m={0} bd="none">
      <Text component="legend" fw={600} p={0} mt="xs" mb="sm">
        Limits
      </Text>
      <MultiSelect
        label="Countries it may text"
        description="None: its own country alone."
        placeholder={form.values.destinations.length === 0 ? 'Its own country' : undefined}
        searchable
        clearable
        data={[{ group: 'All', items: [{ value: '*', label: 'Every country' }] }, ...COUNTRY_OPTIONS]}
        {...form.getInputProps('destinations')}
      />
      <Group grow align="start">
        <NumberInput
          label="Parts a text may have"
          description="Longer ones are not sent."
          min={1}
          max={50}
          allowDecimal={false}
          {...form.getInputProps('mostSegments')}
        />
        <NumberInput
          label="Texts a second"
          description="From this sender, in all."
          placeholder="As fast as it goes"
          min={0}
          max={10000}
          {...form.getInputProps('perSecond')}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label="Texts a day"
          description="In the workspace’s time zone."
          placeholder="No ceiling"
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          {...form.getInputProps('mostADay')}
        />
        <Select
          label="What is over that"
          description="Messages says why."
          allowDeselect={false}
          data={[
            { value: 'tomorrow', label: 'Goes tomorrow' },
            { value: 'fail', label: 'Is not sent' },
          ]}
          {...form.getInputProps('overDay')}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label="Too late to send after"
          description="Older texts are not sent."
          placeholder="By what it is for"
          suffix=" minutes"
          min={1}
          max={10080}
          allowDecimal={false}
          {...form.getInputProps('validMinutes')}
        />
        <TextInput
          label="Registered campaign"
          description="Its senders share their lowest limits."
          placeholder="None"
          {...form.getInputProps('campaign')}
        />
      </Group>
      <SenderOperators form={form} />
    </Stack>
  );
}
