import { FileInput, Group, Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { Audience } from '#shared/api/campaigns.ts';
import { counted } from '../../lib/format/number.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import type { CampaignPlan } from './campaign-plan.ts';
import { type PeopleFile, readPeopleFile } from './read-people-file.ts';

export interface AudienceFieldsProps {
  form: UseFormReturnType<CampaignPlan>;
  file: PeopleFile | null;
  onFile: (file: PeopleFile | null) => void;
}

/** Whom a campaign is for. */
export function AudienceFields({ form, file, onFile }: AudienceFieldsProps) {
  const { data: lists } = useQuery(listsQuery);
  const { audience } = form.values;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} component="div" id="audience-label">
        For
      </Text>
      <SegmentedControl
        aria-labelledby="audience-label"
        value={audience}
        onChange={(value) =>
          form.setFieldValue('audience', KINDS.find((kind) => kind.value === value)?.value ?? 'list')
        }
        data={[...KINDS]}
      />
      {audience === 'list' && (
        <Select
          aria-label="List"
          placeholder="Choose a list"
          data={(lists ?? []).map(({ key, name, confirmed }) => ({
            value: key,
            label: `${name} (${counted(confirmed, 'person', 'people')})`,
          }))}
          {...form.getInputProps('list')}
        />
      )}
      {audience === 'tag' && (
        <TextInput aria-label="Tag" placeholder="customer" {...form.getInputProps('tag')} />
      )}
      {audience === 'field' && (
        <Group grow align="start">
          <TextInput aria-label="Field" placeholder="city" {...form.getInputProps('field')} />
          <TextInput aria-label="Is" placeholder="Leeds" {...form.getInputProps('is')} />
        </Group>
      )}
      {audience === 'file' && (
        <FileInput
          aria-label="File"
          placeholder="Choose a CSV file"
          accept=".csv,text/csv,text/plain"
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          description={
            file
              ? `${counted(file.people.length, 'row')}${file.fields.length > 0 ? `; kept beside the number: ${file.fields.join(', ')}` : ''}. A file gives no consent.`
              : 'One number a row; other columns are kept on the contact. A file gives no consent.'
          }
          onChange={(chosen) => {
            if (chosen) void chosen.text().then((text) => onFile(readPeopleFile(text)));
            else onFile(null);
          }}
          error={form.errors.file}
        />
      )}
    </Stack>
  );
}

const KINDS: readonly { value: Audience['kind']; label: string }[] = [
  { value: 'list', label: 'A list' },
  { value: 'tag', label: 'A tag' },
  { value: 'field', label: 'A field' },
  { value: 'file', label: 'A file' },
];
