import { Button, Card, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconHandStop } from '@tabler/icons-react';
import type { DecideReview, Review } from '#shared/api/inbox.ts';
import { decideReview, undoReview } from '../../lib/api/inbox.ts';
import { shownPhone } from '../../lib/format/shown-phone.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { INBOX_KEY } from '../../lib/queries/inbox-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { TextLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextWords } from '../../ui/texts/text-words.tsx';

const TOUCHES = [INBOX_KEY, CONTACTS_KEY];

/** The question about one text, and its two answers; or what was decided, and the way back. */
export function DecisionBar({ review }: { review: Review }) {
  const { id, contact, program, decision } = review;
  const mayDecide = useMay('agent');
  const undo = useChange(() => undoReview(id), { touches: TOUCHES });
  const decide = useChange((now: DecideReview['decision']) => decideReview(id, now), {
    touches: TOUCHES,
    onDone: (_, now) =>
      notifyDone(now === 'revoked' ? 'Treated as a STOP.' : 'Not a STOP.', () => undo.mutate()),
  });
  return (
    <Card component="section" aria-label="Decision" padding="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Text fw={600} dir="auto">
            <TextLink to="/contacts/$contactId" params={{ contactId: contact.id }} fw={600}>
              {contact.name ?? shownPhone(contact.phone)}
            </TextLink>{' '}
            to {program.name}
          </Text>
          <Text size="sm" dir="auto">
            {review.text === null ? <TextWords text={null} erased={review.erased} /> : `“${review.text}”`}
          </Text>
          <Text size="xs" c="dimmed" mt={2}>
            <Standing review={review} />
          </Text>
        </div>
        {mayDecide && decision === null && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconCheck size={16} />}
              loading={decide.isPending && decide.variables === 'kept'}
              disabled={decide.isPending}
              onClick={() => decide.mutate('kept')}
            >
              Not a STOP
            </Button>
            <Button
              color="red.8"
              leftSection={<IconHandStop size={16} />}
              loading={decide.isPending && decide.variables === 'revoked'}
              disabled={decide.isPending}
              onClick={() => decide.mutate('revoked')}
            >
              Treat as STOP
            </Button>
          </Group>
        )}
        {mayDecide && (decision === 'revoked' || decision === 'kept') && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            loading={undo.isPending}
            onClick={() => undo.mutate()}
          >
            Take back
          </Button>
        )}
      </Group>
    </Card>
  );
}

/** What holds now, in a sentence. */
function Standing({ review: { decision, decidedBy, decidedAt, at, waiting } }: { review: Review }) {
  if (decision === null || decidedAt === null)
    return (
      <>
        Came <RelativeTime at={at} />
        {waiting > 0 && ` · ${waiting === 1 ? 'one queued text waits' : `${waiting} queued texts wait`}`}
      </>
    );
  if (decision === 'overtaken')
    return (
      <>
        The person said more clearly what they want, <RelativeTime at={decidedAt} />
      </>
    );
  return (
    <>
      {decision === 'revoked' ? 'Treated as a STOP' : 'Not a STOP'} by {decidedBy ?? 'somebody who has left'},{' '}
      <RelativeTime at={decidedAt} />
    </>
  );
}
