import { ActionIcon, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Scalar } from '#flows/engine/effects.ts';
import { useState } from 'react';

export interface ContactFieldsProps {
  fields: Readonly<Record<string, Scalar>>;
  onChange: (fields: Record<string, Scalar>) => void;
}

/** What is known about the person before the first text; a change plays the chat again. */
export function ContactFields({ fields, onChange }: ContactFieldsProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const valid = /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name);
  const add = () => {
    if (!valid) return;
    onChange({ ...fields, [name]: value });
    setName('');
    setValue('');
  };
  const addOnEnter = (event: React.KeyboardEvent) => event.key === 'Enter' && add();
  return (
    <section>
      <Title order={3}>Known beforehand</Title>
      <Stack gap={4} mt={4}>
        {Object.entries(fields).map(([field, known]) => (
          <Group key={field} gap={4} wrap="nowrap">
            <Text size="sm" w={110} truncate>
              {field}
            </Text>
            <TextInput
              size="xs"
              flex={1}
              aria-label={field}
              dir="auto"
              value={String(known ?? '')}
              onChange={(event) => onChange({ ...fields, [field]: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Forget ${field}`}
              onClick={() =>
                onChange(Object.fromEntries(Object.entries(fields).filter(([one]) => one !== field)))
              }
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap={4} wrap="nowrap">
          <TextInput
            size="xs"
            w={110}
            aria-label="Name of a field"
            placeholder="firstName"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={addOnEnter}
          />
          <TextInput
            size="xs"
            flex={1}
            aria-label="Its value"
            placeholder="Ada"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            onKeyDown={addOnEnter}
            dir="auto"
          />
          <ActionIcon variant="subtle" aria-label="Add this field" disabled={!valid} onClick={add}>
            <IconPlus size={14} />
          </ActionIcon>
        </Group>
      </Stack>
    </section>
  );
}
