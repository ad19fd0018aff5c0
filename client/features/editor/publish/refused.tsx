import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Definition } from '#flows/definition/schema.ts';
import type { ShownIssue } from '../proof/proof-messages.ts';
import { groupFindings } from './doubts.ts';
import { FoundIssues } from './found-issues.tsx';

/** What the server would not publish the draft with, each with its conversation, as the editor shows what it finds itself. */
export function Refused({ errors, definition }: { errors: readonly ShownIssue[]; definition: Definition }) {
  if (errors.length === 0) return null;
  return (
    <Alert role="alert" icon={<IconAlertCircle size={18} color="var(--tl-bad)" />} title="Not published">
      <Stack gap="sm">
        <Text size="sm">
          Held against what is live now, this has to be mended first. It is among the problems below the
          drawing too.
        </Text>
        {groupFindings(errors).map((group) => (
          <div key={group.key}>
            <FoundIssues group={group} definition={definition} />
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
