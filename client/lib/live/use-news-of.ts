import { useQueryClient } from '@tanstack/react-query';
import type { LiveBeat } from '#shared/api/live.ts';
import { useEffect } from 'react';
import { contactQuery } from '../queries/contact-queries.ts';
import { MESSAGES_KEY } from '../queries/message-queries.ts';
import { RUNS_KEY } from '../queries/run-queries.ts';
import { socket } from './socket.ts';

/** So many milliseconds after a text it is mostly known whether the answer arrived. */
const ARRIVES_MS = 2_000;
/** While too many people text to tell who they are, somebody's texts are looked at so often. */
const AMONG_MANY_MS = 10_000;

/** Keeps what is shown of somebody up to date as they text and are texted: the conversation, the person, and where they stand. */
export function useNewsOf(contactId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const shown = [
        [...MESSAGES_KEY, 'list', { contact: contactId }],
        contactQuery(contactId).queryKey,
        RUNS_KEY,
      ];
      for (const queryKey of shown) void client.invalidateQueries({ queryKey });
    };
    const lookIn = (milliseconds: number) => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, milliseconds);
    };
    const onBeat = ({ inbound, outbound, messages }: LiveBeat) => {
      if (messages.some(({ contact }) => contact?.id === contactId)) {
        look();
        lookIn(ARRIVES_MS);
      } else if (messages.length < inbound + outbound) lookIn(AMONG_MANY_MS);
    };
    socket.on('beat', onBeat);
    return () => {
      socket.off('beat', onBeat);
      clearTimeout(timer);
    };
  }, [client, contactId]);
}
