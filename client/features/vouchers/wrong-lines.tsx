import { Button, List, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { downloadWrongLines } from '../../lib/api/vouchers.ts';
import { notifyError } from '../../lib/notify.tsx';

/** Lines of a text that cannot be taken: some of them in words, and all of them as a file. */
export function WrongLines({
  poolKey,
  text,
  words,
}: {
  poolKey: string;
  text: string;
  words: readonly string[];
}) {
  const download = useMutation({ mutationFn: () => downloadWrongLines(poolKey, text), onError: notifyError });
  return (
    <Stack gap="xs" align="start">
      {words.length > 0 && (
        <List
          size="sm"
          mah={180}
          w="100%"
          style={{ overflowY: 'auto' }}
          tabIndex={0}
          aria-label="What else is wrong"
        >
          {words.map((one) => (
            <List.Item key={one}>{one}</List.Item>
          ))}
        </List>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        Download all wrong lines
      </Button>
    </Stack>
  );
}
