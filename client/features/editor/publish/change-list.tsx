import { List, Text } from '@mantine/core';

const SHOWN = 12;

/** What is different, a line each; of very much only the beginning. */
export function ChangeList({ changes }: { changes: readonly string[] }) {
  return (
    <>
      <List size="sm">
        {changes.slice(0, SHOWN).map((change) => (
          <List.Item key={change} dir="auto">
            {change}
          </List.Item>
        ))}
      </List>
      {changes.length > SHOWN ? (
        <Text size="sm" c="dimmed">
          and {changes.length - SHOWN} more
        </Text>
      ) : null}
    </>
  );
}
