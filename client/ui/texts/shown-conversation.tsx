import { Button, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TranscriptLine } from '#flows/engine/transcript.ts';
import type { ShownWitness } from '#flows/prove/witness.ts';
import { SpokenLine } from './spoken-line.tsx';

/** The shortest conversation that shows a problem, folded until somebody wants to see it. */
export function ShownConversation({ witness }: { witness: ShownWitness }) {
  const [open, { toggle }] = useDisclosure(false);
  const lead = witness.replayed ? 'This happened when it was tried:' : 'This may happen:';
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={toggle} aria-expanded={open}>
        {open ? 'Hide the conversation' : 'Show the conversation'}
      </Button>
      <Collapse expanded={open}>
        <Stack gap={6} p="sm" maw={420}>
          <Text size="xs" c="dimmed">
            {lead} {witness.given.map((sentence) => `This person ${sentence}.`).join(' ')}
          </Text>
          {witness.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished conversation never changes its order
            <SpokenLine key={at} line={line} />
          ))}
          {isUnanswered(witness.lines) ? (
            <Text size="xs" c="dimmed" ta="center">
              Nothing is sent.
            </Text>
          ) : null}
        </Stack>
      </Collapse>
    </>
  );
}

const isUnanswered = (lines: readonly TranscriptLine[]): boolean => {
  const last = lines.at(-1);
  return last !== undefined && 'says' in last;
};
