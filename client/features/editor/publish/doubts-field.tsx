import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Definition } from '#flows/definition/schema.ts';
import { titleOf } from '../canvas/bound-step.ts';
import { Conversation } from '../proof/conversation.tsx';
import type { DoubtGroup, Reasons } from './doubts.ts';

export interface DoubtsFieldProps {
  groups: readonly DoubtGroup[];
  definition: Definition;
  reasons: Reasons;
  onChange: (reasons: Reasons) => void;
}

/** What is doubtful about a flow, each with the reason why it is wanted all the same. The version keeps them. */
export function DoubtsField({ groups, definition, reasons, onChange }: DoubtsFieldProps) {
  if (groups.length === 0) return null;
  const titles = new Map(definition.nodes.map((step) => [step.id, titleOf(step)]));
  const given = groups.flatMap(({ key }) => reasons[key]?.trim() || []);
  const [first] = given;
  return (
    <Alert icon={<IconAlertTriangle size={18} color="var(--tl-warn)" />} title="Worth a look">
      <Stack gap="sm">
        <Text size="sm">
          You can publish all the same. Say why that is right; the version keeps it with your name.
        </Text>
        {groups.map(({ key, place, issues }) => (
          <div key={key}>
            {place.node === undefined ? null : (
              <Text size="sm" fw={600} dir="auto">
                {titles.get(place.node) ?? place.node}
              </Text>
            )}
            {issues.map((issue) => (
              <div key={issue.message}>
                <Text size="sm">{issue.message}</Text>
                {issue.witness ? <Conversation witness={issue.witness} /> : null}
              </div>
            ))}
            <TextInput
              mt={4}
              size="xs"
              required
              maxLength={300}
              aria-label={`Why this is right: ${issues[0]?.message ?? ''}`}
              placeholder="Why this is right"
              value={reasons[key] ?? ''}
              onChange={(event) => onChange({ ...reasons, [key]: event.currentTarget.value })}
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
