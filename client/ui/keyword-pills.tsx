import { Group, Text } from '@mantine/core';
import classes from './keyword-pills.module.css';

const SHOWN = 3;

/** Keywords as they stand on the poster; a few, and how many more there are. */
export function KeywordPills({ words }: { words: readonly string[] }) {
  if (words.length === 0) return <Text c="dimmed">–</Text>;
  const rest = words.slice(SHOWN);
  return (
    <Group gap={4}>
      {words.slice(0, SHOWN).map((word) => (
        <KeywordPill key={word} word={word} />
      ))}
      {rest.length > 0 && (
        <Text size="xs" c="dimmed" title={rest.join(', ')}>
          +{rest.length}
        </Text>
      )}
    </Group>
  );
}

/** One keyword. */
export function KeywordPill({ word }: { word: string }) {
  return (
    <bdi className={classes.pill} title={word}>
      {word}
    </bdi>
  );
}
