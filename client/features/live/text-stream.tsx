import { Button, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Message } from '#shared/api/messages.ts';
import { counted } from '../../lib/format/number.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { useNow } from '../../lib/use-now.ts';
import { TextLink } from '../../ui/links.tsx';
import { statusOf } from '../../ui/badges/message-status-badge.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextWords } from '../../ui/texts/text-words.tsx';
import classes from './live.module.css';
import type { TextsStream } from './use-stream.ts';

/** The texts as they come, newest first; paused, they stand still to be read. */
export function TextStream({ stream }: { stream: TextsStream }) {
  const { messages, paused, unseen } = stream;
  return (
    <section className={classes.stream} aria-label="Texts as they come">
      <div className={classes.head}>
        <Title order={2} size="h4">
          Texts
        </Title>
        <Group gap="xs">
          {paused && (
            <Text size="sm" c="dimmed" role="status" className="tabular">
              Paused, {counted(unseen, 'new text')}
            </Text>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={paused ? stream.resume : stream.pause}
          >
            {paused ? 'Go on' : 'Pause'}
          </Button>
        </Group>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <ul className={classes.texts} tabIndex={0} aria-label="Texts, newest first">
        {messages?.map((message) => (
          <StreamedText key={message.id} message={message} />
        ))}
        {messages === undefined && [1, 2, 3].map((row) => <Skeleton key={row} height={36} m="md" w="auto" />)}
      </ul>
    </section>
  );
}

/** A text that is queued for longer waits for something. */
const ORDINARY_WAIT_MS = 10_000;
/** What somebody may want to look into. */
const TROUBLES: ReadonlySet<Message['status']> = new Set(['set-aside', 'failed', 'expired']);

/** What went wrong, with its sign: among texts that went well it has to be found at a glance. */
function Trouble({ message }: { message: Message }) {
  const { icon: Sign, label, tone } = statusOf(message);
  return (
    <>
      {' · '}
      <span className={classes.trouble} data-tone={tone}>
        <Sign size={13} aria-hidden /> {label}
      </span>
    </>
  );
}

function StreamedText({ message }: { message: Message }) {
  const inbound = message.direction === 'in';
  const { stopped } = useSession().workspace;
  const now = useNow();
  const waits =
    message.status === 'queued' && (stopped !== null || now - Date.parse(message.at) > ORDINARY_WAIT_MS);
  return (
    <li className={classes.text}>
      {inbound ? (
        <IconArrowDownLeft size={16} color="var(--tl-good)" aria-label="In" />
      ) : (
        <IconArrowUpRight size={16} color="var(--tl-info)" aria-label="Out" />
      )}
      <div>
        <div className={classes.words} dir="auto">
          <TextWords text={message.text} erased={message.erased} />
        </div>
        <Text size="xs" c="dimmed">
          {message.contact?.name != null && (
            <>
              <bdi>{message.contact.name}</bdi>
              {' · '}
            </>
          )}
          <PhoneNumber phone={message.contact?.phone ?? message.other} />
          {message.flow && (
            <>
              {' · '}
              <bdi>{message.flow.name}</bdi>
            </>
          )}
          {message.unmatched && ` · ${statusOf(message).label}`}
          {(TROUBLES.has(message.status) || waits) && <Trouble message={message} />}
        </Text>
      </div>
      <Text size="xs" c="dimmed" ta="end">
        <RelativeTime at={message.at} />
        <br />
        <TextLink to="/messages" search={{ open: message.id }} size="xs" underline="hover">
          {inbound ? 'Why?' : 'Details'}
        </TextLink>
      </Text>
    </li>
  );
}
