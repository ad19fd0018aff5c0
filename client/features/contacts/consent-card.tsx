import { Anchor, Card, Text, Timeline, Title } from '@mantine/core';
import { IconCheck, IconHandStop, IconHourglass, IconPoint } from '@tabler/icons-react';
import type { ConsentCause } from '#flows/engine/effects.ts';
import type { Contact, LedgerEntry } from '#shared/api/contacts.ts';
import { calendarDay } from '../../lib/format/moment.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PendingConsents } from './pending-consents.tsx';

/** The consent ledger: what was agreed to and taken back, when, why, and the words that were shown. Nothing in it can be changed. */
export function ConsentCard({ contact }: { contact: Contact }) {
  const entries = [...contact.ledger].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Card component="section" aria-label="Consent">
      <Title order={2} size="h3" mb="sm">
        Consent
      </Title>
      <PendingConsents pending={contact.pending} />
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          This person has agreed to nothing yet. They may still text you and get an answer.
        </Text>
      ) : (
        <Timeline bulletSize={22} lineWidth={1} color="gray">
          {entries.map((entry) => (
            <Timeline.Item key={`${entry.at} ${entry.scope} ${entry.to}`} bullet={<Sign entry={entry} />}>
              <Text size="sm" fw={500}>
                {scopeWords(entry.scope)}: {stateWords(entry)}
              </Text>
              <Text size="xs" c="dimmed">
                {CAUSES[entry.because] ?? entry.because} · <RelativeTime at={entry.at} />
                {entry.messageId !== null && (
                  <>
                    {' · '}
                    <TextLink to="/messages" search={{ open: entry.messageId }} size="xs" c="dimmed">
                      the text
                    </TextLink>
                  </>
                )}
              </Text>
              {entry.given?.how !== undefined && <Evidence given={entry.given} />}
              {entry.shown !== null && (
                <Text size="xs" mt={4} lineClamp={3} dir="auto" title={entry.shown}>
                  “{entry.shown}”
                </Text>
              )}
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Card>
  );
}

function Sign({ entry }: { entry: LedgerEntry }) {
  if (entry.to === 'confirmed') return <IconCheck size={12} color="var(--tl-good)" aria-hidden />;
  if (entry.to === 'pending') return <IconHourglass size={12} color="var(--tl-warn)" aria-hidden />;
  if (entry.to === 'stopped' || entry.to === 'revoked')
    return <IconHandStop size={12} color="var(--tl-bad)" aria-hidden />;
  return <IconPoint size={12} aria-hidden />;
}

/** What shows that consent was given elsewhere: the words, the day and the place. */
function Evidence({ given: { how, on, where, url, file } }: { given: Readonly<Record<string, string>> }) {
  const told = [where, on && calendarDay(on), file].filter((part) => part !== undefined && part !== '');
  return (
    <>
      <Text size="xs" mt={4} lineClamp={3} dir="auto" title={how}>
        “{how}”
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {told.join(' · ')}
        {url !== undefined && (
          <>
            {' · '}
            <Anchor href={url} target="_blank" rel="noreferrer" size="xs">
              the page
            </Anchor>
          </>
        )}
      </Text>
    </>
  );
}

/** "list:summer-club" → "List summer-club"; whatever else the ledger knows is shown as it is. */
function scopeWords(scope: string): string {
  const [kind, ...rest] = scope.split(':');
  const name = rest.join(':');
  if (name === '') return scope;
  if (kind === 'age') return `Age ${name} or over`;
  return `${kind === 'list' ? 'List' : kind === 'program' ? 'Program' : kind} ${name}`;
}

const stateWords = ({ scope, to }: LedgerEntry): string =>
  scope.startsWith('age:') ? (to === 'confirmed' ? 'yes' : 'no') : (STATES[to] ?? to);

const STATES: Readonly<Record<string, string>> = {
  pending: 'not confirmed yet',
  confirmed: 'joined',
  revoked: 'left',
  stopped: 'stopped',
  expired: 'lapsed',
  frozen: 'may have stopped, to be read',
  open: 'open again',
  none: 'open again',
};

const CAUSES: Readonly<Record<string, string>> = {
  asked: 'Was asked to confirm',
  'opt-in': 'Joined by text',
  'double-opt-in': 'Confirmed by text',
  unsubscribe: 'A flow took them off',
  stop: 'Said STOP',
  unsure: 'Wrote what may be a STOP',
  start: 'Texted START',
  import: 'Came with an import',
  implied: 'Came with an import: implied by something else, such as a purchase',
  age: 'Answered how old they are',
  person: 'Somebody here decided it',
  undone: 'Somebody here took a decision back',
  gateway: 'On the carrier’s own block list; a START from this person opens it again',
  lapsed: 'Unanswered or unused too long',
  erased: 'Erased',
  'given-up': 'The number was given up',
} satisfies Readonly<Record<ConsentCause, string>>;
