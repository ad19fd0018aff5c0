import { Group, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { listsQuery } from '../../../lib/queries/settings-queries.ts';
import type { ImportForm } from './import-form.ts';

/** Which list these people agreed to, and what shows it. */
export function ImportConsent({ form }: { form: UseFormReturnType<ImportForm> }) {
  const { data: lists } = useQuery(listsQuery);
  return (
    <Stack gap="sm">
      <Switch
        label="These people agreed to a list"
        description="Without it an import gives no consent: nobody gets marketing texts because of it."
        {...form.getInputProps('agreed', { type: 'checkbox' })}
      />
      {form.values.agreed && (
        <>
          <Select
            label="List"
            placeholder="Choose a list"
            data={(lists ?? []).map(({ key, name, optIn }) => ({
              value: key,
              label: optIn === 'double' ? `${name} (asks twice)` : name,
            }))}
            {...form.getInputProps('consent.list')}
          />
          <Radio.Group label="What shows it" {...form.getInputProps('consent.basis')}>
            <Stack gap={6} mt={4}>
              <Radio value="express" label="They said yes to these texts themselves" />
              <Radio
                value="implied"
                label="It follows from something else, such as a purchase"
                description="Lists that ask twice do not take this as consent."
              />
            </Stack>
          </Radio.Group>
          <Textarea
            label="The words they agreed to, or what they did"
            autosize
            minRows={2}
            maxRows={6}
            placeholder="“Yes, text me offers from Textloom. Reply STOP to end.”"
            {...form.getInputProps('consent.how')}
          />
          <Group grow align="start">
            <TextInput label="When" type="date" {...form.getInputProps('consent.on')} />
            <TextInput
              label="Where"
              placeholder="Form at the till, Leeds"
              {...form.getInputProps('consent.where')}
            />
          </Group>
          <TextInput
            label="Address of the form (optional)"
            placeholder="https://example.com/join"
            {...form.getInputProps('consent.url')}
          />
        </>
      )}
    </Stack>
  );
}
