import { Button, Collapse, Select, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Trigger } from '#flows/definition/schema.ts';
import { useZone } from '../../../lib/use-zone.ts';
import { useEditorState } from '../store/use-editor.ts';
import { fromLocal, toLocal } from './zoned-moment.ts';

const KNOWN: { value: NonNullable<Trigger['known']>; label: string }[] = [
  { value: 'any', label: 'Everybody' },
  { value: 'known', label: 'People who texted us before' },
  { value: 'unknown', label: 'People who never texted us' },
];

export interface TriggerTermsProps {
  value: Trigger;
  readOnly: boolean;
  onChange: (trigger: Trigger) => void;
}

/** When a way in counts, for whom, and which language it says people want. Folded away while it has no such terms. */
export function TriggerTerms({ value, readOnly, onChange }: TriggerTermsProps) {
  const zone = useZone();
  const languages = useEditorState((state) => state.definition.languages);
  const { from, until, known, language } = value;
  const [open, setOpen] = useState([from, until, known, language].some((term) => term !== undefined));
  return (
    <div>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        When and for whom
      </Button>
      <Collapse expanded={open}>
        <Stack gap="sm" mt="xs">
          <MomentInput
            label="Counts from"
            value={from}
            zone={zone}
            readOnly={readOnly}
            onChange={(next) => onChange({ ...value, from: next })}
          />
          <MomentInput
            label="until"
            value={until}
            zone={zone}
            readOnly={readOnly}
            onChange={(next) => onChange({ ...value, until: next })}
          />
          <Select
            label="For"
            data={KNOWN}
            value={known ?? 'any'}
            onChange={(next) => {
              const chosen = KNOWN.find((one) => one.value === next)?.value;
              onChange({ ...value, known: chosen === 'any' ? undefined : chosen });
            }}
            allowDeselect={false}
            readOnly={readOnly}
          />
          <Select
            label="People who use it speak"
            data={languages}
            value={language ?? null}
            placeholder="Says nothing about that"
            clearable
            onChange={(next) => onChange({ ...value, language: next ?? undefined })}
            readOnly={readOnly}
          />
        </Stack>
      </Collapse>
    </div>
  );
}

interface MomentInputProps {
  label: string;
  value: string | undefined;
  zone: string;
  readOnly: boolean;
  onChange: (iso: string | undefined) => void;
}

function MomentInput({ label, value, zone, readOnly, onChange }: MomentInputProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={value === undefined ? undefined : zone}
      value={toLocal(value, zone)}
      onChange={(event) => onChange(fromLocal(event.currentTarget.value, zone))}
      readOnly={readOnly}
    />
  );
}
