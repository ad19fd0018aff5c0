import { Alert, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { assertNever } from '#shared/assert-never.ts';
import type { PendingConsent } from '#shared/api/consent.ts';
import { TextLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** The lists this person is on and not confirmed: what each waits for, since when, and until when. */
export function PendingConsents({ pending }: { pending: readonly PendingConsent[] }) {
  if (pending.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {pending.map((one) => (
        <Alert
          key={one.list.key}
          icon={<IconHourglass size={18} color="var(--tl-warn)" />}
          title={`${one.list.name}: not confirmed`}
        >
          <Text size="sm">{waitsFor(one)}</Text>
          {one.question?.text && (
            <Text size="sm" mt={4} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              “{one.question.text}”
            </Text>
          )}
          <Text size="xs" c="dimmed" mt={4}>
            <When pending={one} />
          </Text>
        </Alert>
      ))}
    </Stack>
  );
}

function When({ pending: { since, lapsesAt, question } }: { pending: PendingConsent }) {
  return (
    <>
      Since <RelativeTime at={since} />
      {question && question.askedAt !== since && (
        <>
          {' · asked '}
          <RelativeTime at={question.askedAt} />
        </>
      )}
      {question?.flow && question.runId !== null && (
        <>
          {' · '}
          <TextLink to="/runs/$runId" params={{ runId: question.runId }} inherit c="dimmed">
            {question.flow.name}
          </TextLink>
          {question.until !== null && (
            <>
              {' gives up '}
              <RelativeTime at={question.until} />
            </>
          )}
        </>
      )}
      {lapsesAt !== null && (
        <>
          {' · lapses '}
          <RelativeTime at={lapsesAt} />
        </>
      )}
    </>
  );
}

function waitsFor({ waitsFor: what }: PendingConsent): string {
  switch (what) {
    case 'reply':
      return 'Their yes to this question is missing.';
    case 'asking-again':
      return 'They were asked and did not say yes, and nobody waits for the answer any more. Whoever joins again is asked again.';
    case 'question':
      return 'The list asks people to confirm, and nothing has asked them yet.';
    case 'age':
      return 'They have not answered that they are as old as the list is for.';
    case 'word':
      return 'They were put on the list, and no text of theirs says that they want it.';
    default:
      return assertNever(what);
  }
}
