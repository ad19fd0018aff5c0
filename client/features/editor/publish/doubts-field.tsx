import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Definition } from '#flows/definition/schema.ts';
import type { DoubtGroup, Reasons } from './doubts.ts';
import { FoundIssues } from './found-issues.tsx';

export interface DoubtsFieldProps {
  groups: readonly DoubtGroup[];
  definition: Definition;
  reasons: Reasons;
  onChange: (reasons: Reasons) => void;
}

/** What is doubtful about a flow, each with the reason why it is wanted all the same. The version keeps them. */
export function DoubtsField({ groups, definition, reasons, onChange }: DoubtsFieldProps) {
  if (groups.length === 0) return null;
  const given = groups.flatMap(({ key }) => reasons[key]?.trim() || []);
  const [first] = given;
  return (
    <Alert icon={<IconAlertTriangle size={18} color="var(--tl-warn)" />} title="Worth a look">
      <Stack gap="sm">
        <Text size="sm">
          You can publish all the same. Say why that is right; the version keeps it with your name.
        </Text>
        {groups.map((group, at) => (
          <div key={group.key}>
            <FoundIssues group={group} definition={definition} />
            <TextInput
              mt={4}
              size="xs"
              required
              data-autofocus={at === 0 || undefined}
              maxLength={300}
              aria-label={`Why this is right: ${group.issues[0]?.message ?? ''}`}
              placeholder="Why this is right"
              value={reasons[group.key] ?? ''}
              onChange={(event) => onChange({ ...reasons, [group.key]: event.currentTarget.value })}
            />
          </div>
        ))}
        {first !== undefined && given.length < groups.length ? (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ alignSelf: 'flex-start' }}
            onClick={() =>
              onChange(Object.fromEntries(groups.map(({ key }) => [key, reasons[key]?.trim() || first])))
            }
          >
            Give the others the same reason
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}
