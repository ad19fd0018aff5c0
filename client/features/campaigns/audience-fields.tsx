import { FileInput, Group, Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Audience } from '#shared/api/campaigns.ts';
import { counted } from '../../lib/format/number.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import { readSheetFile } from '../../lib/sheet-text.ts';
import type { CampaignPlan } from './campaign-plan.ts';
import { TagField } from './tag-field.tsx';
import { type PeopleFile, readPeopleFile } from './read-people-file.ts';

export interface AudienceFieldsProps {
  form: UseFormReturnType<CampaignPlan>;
  file: PeopleFile | null;
  /** So many numbers of a file were handed over before. */
  kept: number;
  onFile: (file: PeopleFile | null) => void;
}

/** Whom a campaign is for. */
export function AudienceFields({ form, file, kept, onFile }: AudienceFieldsProps) {
  const { data: lists } = useQuery(listsQuery);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const { audience } = form.values;
  const choose = async (chosen: File | null) => {
    const sheet = chosen && (await readSheetFile(chosen));
    setUnreadable(sheet && 'problem' in sheet ? sheet.problem : null);
    onFile(sheet && 'text' in sheet ? readPeopleFile(sheet.text) : null);
  };
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} component="div" id="audience-label">
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
      {audience === 'tag' && <TagField {...form.getInputProps('tag')} />}
      {audience === 'field' && (
        <Group grow align="start">
          <TextInput aria-label="Field" placeholder="city" {...form.getInputProps('field')} />
          <TextInput aria-label="Is" placeholder="Leeds" {...form.getInputProps('is')} />
        </Group>
      )}
      {audience === 'file' && (
        <FileInput
          aria-label="File"
          placeholder={kept > 0 ? 'Choose another CSV file' : 'Choose a CSV file'}
          accept=".csv,text/csv,text/plain"
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          description={`${fileWords(file, kept)} A file gives no consent.`}
          onChange={(chosen) => void choose(chosen)}
          error={unreadable ?? form.errors.file}
        />
      )}
    </Stack>
  );
}

function fileWords(file: PeopleFile | null, kept: number): string {
  const instead = kept > 0 ? ` in the place of the ${counted(kept, 'number')} in it` : '';
  if (file) {
    const fields = file.fields.length > 0 ? `; kept beside the number: ${file.fields.join(', ')}` : '';
    return `${counted(file.people.length, 'row')}${instead}${fields}.`;
  }
  if (kept > 0)
    return `${counted(kept, 'number is', 'numbers are')} in it. Another file takes ${kept === 1 ? 'its' : 'their'} place.`;
  return 'One number a row; other columns are kept on the contact.';
}

const KINDS: readonly { value: Audience['kind']; label: string }[] = [
  { value: 'list', label: 'A list' },
  { value: 'tag', label: 'A tag' },
  { value: 'field', label: 'A field' },
  { value: 'file', label: 'A file' },
];
