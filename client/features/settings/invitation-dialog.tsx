import { Button, Group, Stack, Text } from '@mantine/core';
import type { Invitation } from '#shared/api/people.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Shows a one-time sign-in link, once. */
export function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { person, link, expiresAt } = invitation;
  return (
    <Dialog onClose={onClose} title={`A link for ${person.name}`} size={560} closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text>
          Send this link to <bdi>{person.name}</bdi>. Whoever opens it is signed in as them, so use a way you
          trust.
        </Text>
        <CopyField label="Sign-in link" value={link} />
        <Text size="sm" c="dimmed">
          It works once, ends <RelativeTime at={expiresAt} />, and is not shown again.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
