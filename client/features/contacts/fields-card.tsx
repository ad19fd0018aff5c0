import { ActionIcon, Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Contact } from '#shared/api/contacts.ts';
import { changeContact } from '../../lib/api/contacts.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import classes from './contacts.module.css';
import { changesOf, type FieldRow, isGoodName, rowsOf } from './field-rows.ts';

type Known = Pick<Contact, 'fields' | 'language'>;

/** What is known of a person: what flows asked for, and what was written by hand. Texts use it as {{contact.city}}. */
export function FieldsCard({ contact }: { contact: Contact }) {
  const mayEdit = useMay('agent');
  const [begun, setBegun] = useState<Known>(contact);
  const [rows, setRows] = useState<readonly FieldRow[]>(() => rowsOf(contact.fields));
  const [language, setLanguage] = useState(contact.language ?? '');
  const begin = (known: Known) => {
    setBegun(known);
    setRows(rowsOf(known.fields));
    setLanguage(known.language ?? '');
  };
  const save = useChange((input: Parameters<typeof changeContact>[1]) => changeContact(contact.id, input), {
    touches: [CONTACTS_KEY],
    onDone: () => notifyDone('Saved.'),
  });
  // Against what the form began with: what a flow has asked for since then was removed by nobody.
  const fields = changesOf(begun.fields, rows);
  const languageChanged = language.trim() !== (begun.language ?? '');
  const changed = Object.keys(fields).length > 0 || languageChanged;
  if (begun !== contact && !changed && rows.every(({ kept }) => kept)) begin(contact);
  const wrong = rows.some(({ name, kept }) => !kept && !isGoodName(name));
  const edit = (key: number, patch: Partial<FieldRow>) =>
    setRows((now) => now.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  return (
    <Card component="section" aria-label="Fields">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          Fields
        </Title>
        {mayEdit && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => setRows((now) => [...now, { key: Date.now(), name: '', value: '', kept: false }])}
          >
            Add field
          </Button>
        )}
      </Group>
      <Stack gap={6}>
        <div className={classes.field}>
          <Text size="sm" c="dimmed">
            Language
          </Text>
          <TextInput
            size="xs"
            aria-label="Language"
            placeholder="en"
            maxLength={12}
            readOnly={!mayEdit}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        </div>
        {rows.map((row) => (
          <div key={row.key} className={classes.field}>
            {row.kept ? (
              <Text size="sm" c="dimmed" truncate title={row.name}>
                {row.name}
              </Text>
            ) : (
              <TextInput
                size="xs"
                aria-label="Name of the field"
                placeholder="city"
                value={row.name}
                autoFocus
                error={row.name !== '' && !isGoodName(row.name) ? 'Use letters, digits and _.' : undefined}
                onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
              />
            )}
            <TextInput
              size="xs"
              aria-label={row.name || 'Value of the new field'}
              value={row.value}
              readOnly={!mayEdit}
              maxLength={1000}
              dir="auto"
              onChange={(event) => edit(row.key, { value: event.currentTarget.value })}
            />
            {mayEdit && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${row.name || 'the new field'}`}
                onClick={() => setRows((now) => now.filter(({ key }) => key !== row.key))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        ))}
      </Stack>
      {changed && (
        <Group justify="flex-end" mt="sm" gap="xs">
          <Button variant="default" size="compact-sm" onClick={() => begin(contact)}>
            Discard
          </Button>
          <Button
            size="compact-sm"
            disabled={wrong}
            loading={save.isPending}
            onClick={() =>
              save.mutate(
                { fields, ...(languageChanged ? { language: language.trim() || null } : {}) },
                {
                  onSuccess: () =>
                    begin({ fields: { ...begun.fields, ...fields }, language: language.trim() || null }),
                },
              )
            }
          >
            Save
          </Button>
        </Group>
      )}
    </Card>
  );
}
