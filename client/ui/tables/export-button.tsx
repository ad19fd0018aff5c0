import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { downloadFrom } from '../../lib/download.ts';
import { notifyError } from '../../lib/notify.tsx';

/** Hands a list over as a file, filtered as the list is. */
export function ExportButton({
  path,
  name,
  words = 'Export CSV',
  size,
}: {
  path: string;
  name: string;
  words?: string;
  size?: 'xs';
}) {
  const download = useMutation({ mutationFn: () => downloadFrom(path, name), onError: notifyError });
  return (
    <Button
      variant="default"
      {...(size === undefined ? {} : { size })}
      leftSection={<IconDownload size={16} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {words}
    </Button>
  );
}
