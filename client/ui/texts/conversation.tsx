import { Button, Center, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useLayoutEffect, useMemo, useRef } from 'react';
import type { Message } from '#shared/api/messages.ts';
import { dayOf, timeOf } from '../../lib/format/moment.ts';
import { useNewsOf } from '../../lib/live/use-news-of.ts';
import { messagesQuery } from '../../lib/queries/message-queries.ts';
import { useZone } from '../../lib/use-zone.ts';
import { ErrorNote } from '../error-note.tsx';
import { TextLink } from '../links.tsx';
import { MessageStatusBadge, statusOf } from '../badges/message-status-badge.tsx';
import { TextBubble } from './text-bubble.tsx';
import classes from './conversation.module.css';

/** Everything this person and we have texted each other, the newest at the bottom. */
export function Conversation({ contactId }: { contactId: string }) {
  useNewsOf(contactId);
  const query = useInfiniteQuery(messagesQuery({ contact: contactId, size: 50 }));
  const messages = useMemo(() => query.data?.pages.flatMap((page) => page.items).reverse(), [query.data]);
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // It is shown from its end and follows what comes, as a phone does; whoever reads earlier texts is left where they are.
  useLayoutEffect(() => {
    if (messages && atEnd.current && frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [messages]);
  return (
    <section className={classes.conversation} aria-label="Conversation">
      <div
        className={classes.bubbles}
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        role="log"
        aria-label="Texts"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
        }}
      >
        {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && (
          <Center h="100%">
            <Loader size="sm" />
          </Center>
        )}
        {query.hasNextPage && (
          <Center>
            <Button
              variant="default"
              size="compact-sm"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show earlier texts
            </Button>
          </Center>
        )}
        {messages?.length === 0 && (
          <Center h="100%">
            <Text c="dimmed">No texts yet. They appear here when this person texts one of your senders.</Text>
          </Center>
        )}
        {messages?.map((message, index) => (
          <Line key={message.id} message={message} before={messages[index - 1]} />
        ))}
      </div>
    </section>
  );
}

function Line({ message, before }: { message: Message; before: Message | undefined }) {
  const zone = useZone();
  const day = dayOf(message.at, zone);
  const newDay = before === undefined || dayOf(before.at, zone) !== day;
  return (
    <Fragment>
      {newDay && <div className={classes.day}>{day}</div>}
      <TextBubble
        from={message.direction === 'in' ? 'them' : 'us'}
        text={message.text}
        erased={message.erased}
        note={
          <>
            <span>{timeOf(message.at, zone)}</span>
            <HowFar message={message} />
            <TextLink to="/messages" search={{ open: message.id }} size="xs" c="dimmed" underline="hover">
              {message.direction === 'in' ? 'Why?' : 'Details'}
            </TextLink>
          </>
        }
      />
    </Fragment>
  );
}

/** How far a text has come, where that is worth a word; bad news stands out. */
function HowFar({ message }: { message: Message }) {
  if (!message.unmatched && !NOTED.has(message.status)) return null;
  const { label, tone } = statusOf(message);
  if (tone === 'bad' || tone === 'warn') return <MessageStatusBadge message={message} />;
  return <span>{label}</span>;
}

/** So many pixels above its end, a conversation is still at it. */
const NEAR = 40;

/** The statuses worth a word under a bubble; that a text was answered shows by itself. */
const NOTED: ReadonlySet<Message['status']> = new Set([
  'set-aside',
  'pending',
  'queued',
  'delivered',
  'failed',
  'expired',
  'cancelled',
]);
