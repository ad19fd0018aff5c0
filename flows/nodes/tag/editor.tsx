import { TagsInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { slugify } from '#shared/ids.ts';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type TagConfig, tag, tagConfig } from './definition.ts';

/** The card and form of "Tag the person". */
export const tagEditor = defineEditor(tag, tagConfig, {
  icon: IconTag,
  Body: ({ config: { add, remove } }) => (
    <Gist>
      {add.length > 0 ? (
        <>
          Puts on <b>{add.join(', ')}</b>
        </>
      ) : null}
      {add.length > 0 && remove.length > 0 ? '; ' : null}
      {remove.length > 0 ? (
        <>
          {add.length > 0 ? 'takes off' : 'Takes off'} <b>{remove.join(', ')}</b>
        </>
      ) : null}
    </Gist>
  ),
  Form: TagForm,
});

function TagForm({ config, onChange, issues }: FormProps<TagConfig>) {
  return (
    <>
      <TagsField
        label="Tags to put on"
        value={config.add}
        onChange={(add) => onChange({ ...config, add })}
        issues={issues}
        path="add"
        description="A condition finds them: contact.tags has the word."
      />
      <TagsField
        label="Tags to take off"
        value={config.remove}
        onChange={(remove) => onChange({ ...config, remove })}
        issues={issues}
        path="remove"
      />
    </>
  );
}

interface TagsFieldProps {
  label: string;
  value: readonly string[];
  onChange: (tags: string[]) => void;
  issues: FormProps<TagConfig>['issues'];
  path: string;
  description?: string;
}

function TagsField({ label, value, onChange, issues, path, description }: TagsFieldProps) {
  const { readOnly } = useSurroundings();
  return (
    <TagsInput
      label={label}
      value={[...value]}
      onChange={(words) => onChange([...new Set(words.map((word) => slugify(word)))])}
      placeholder={value.length === 0 ? 'vip, coffee' : undefined}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
      readOnly={readOnly}
      {...fieldProps(issues, path, description)}
    />
  );
}
