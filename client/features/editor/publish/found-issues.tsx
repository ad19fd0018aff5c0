import { Text } from '@mantine/core';
import type { Definition } from '#flows/definition/schema.ts';
import { ShownConversation } from '../../../ui/texts/shown-conversation.tsx';
import type { DoubtGroup } from './doubts.ts';
import { stepNames } from './step-names.ts';

/** What was found at one place: the step's name, each finding in its sentence, and the conversation that shows it. */
export function FoundIssues({
  group: { place, issues },
  definition,
}: {
  group: Pick<DoubtGroup, 'place' | 'issues'>;
  definition: Definition;
}) {
  const step = definition.nodes.find(({ id }) => id === place.node);
  return (
    <>
      {place.node === undefined ? null : (
        <Text size="sm" fw={600} dir="auto">
          {step ? stepNames(definition)(step) : place.node}
        </Text>
      )}
      {issues.map((issue) => (
        <div key={issue.message}>
          <Text size="sm">{issue.message}</Text>
          {issue.witness ? <ShownConversation witness={issue.witness} /> : null}
        </div>
      ))}
    </>
  );
}
