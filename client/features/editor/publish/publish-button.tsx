import { Button, Tooltip } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';

export interface PublishButtonProps {
  /** The number the next version will have. */
  number: number;
  /** Why it can't be published now, as a sentence; null when it can. */
  why: string | null;
  onPublish: () => void;
  /** What a press does while it can't be published: shows what is in the way. */
  onWhy: () => void;
}

/** The one button that makes the draft answer people; while something is in the way, it says what. */
export function PublishButton({ number, why, onPublish, onWhy }: PublishButtonProps) {
  return (
    <Tooltip label={why} position="bottom" disabled={why === null} multiline maw={280}>
      <Button
        leftSection={<IconRocket size={16} />}
        data-disabled={why !== null || undefined}
        aria-disabled={why !== null}
        aria-description={why ?? undefined}
        onClick={why === null ? onPublish : onWhy}
      >
        Publish version {number}
      </Button>
    </Tooltip>
  );
}
