import { Text } from '@mantine/core';
import { remarkOn, type TranscriptLine } from '#flows/engine/transcript.ts';
import { TextBubble } from './text-bubble.tsx';

/** A line of a conversation, as on the phone: the person at the right, we at the left, what happens between in the middle. */
export function SpokenLine({ line }: { line: TranscriptLine }) {
  if ('says' in line) return <TextBubble from="them" side="end" text={wordsOf(line)} />;
  if ('hears' in line) return <TextBubble from="us" side="start" text={line.hears} />;
  return (
    <Text size="xs" c="dimmed" ta="center">
      {remarkOn(line)}
    </Text>
  );
}

const wordsOf = ({ says, media = [] }: Extract<TranscriptLine, { says: string }>): string =>
  [says, ...media.map((url) => `[${url}]`)].filter(Boolean).join(' ');
