import type { LiveBeat } from '#shared/api/live.ts';
import type { Message } from '#shared/api/messages.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { listMessages } from '../../lib/api/messages.ts';
import { socket } from '../../lib/live/socket.ts';

/** The texts of the live page, newest first. */
export interface TextsStream {
  messages: readonly Message[] | undefined;
  error: unknown;
  /** No text was ever sent or received. */
  empty: boolean;
  paused: boolean;
  /** Texts that came while the stream was paused, or that were too many to show. */
  unseen: number;
  /** What each flow's lines were gone along since the page was opened, by flow. */
  passages: ReadonlyMap<string, number>;
  pause: () => void;
  resume: () => void;
  reload: () => void;
}

const SHOWN = 200;

/** Follows the texts as they come. After a break in the connection the newest are asked for again, so that none is missing. */
export function useStream(): TextsStream {
  const [messages, setMessages] = useState<readonly Message[]>();
  const [error, setError] = useState<unknown>();
  const [paused, setPaused] = useState(false);
  const [unseen, setUnseen] = useState(0);
  const [passages, setPassages] = useState<ReadonlyMap<string, number>>(new Map());
  const held = useRef(false);

  const reload = useCallback(() => {
    listMessages({ size: 50 }).then(
      ({ items }) => {
        setError(undefined);
        setMessages((now) => merge(items, now ?? []));
      },
      (problem: unknown) => setError(problem),
    );
  }, []);

  useEffect(() => {
    const onBeat = (beat: LiveBeat) => {
      setPassages((now) => addPassages(now, beat));
      if (held.current) {
        setUnseen((now) => now + beat.inbound + beat.outbound);
        return;
      }
      if (beat.messages.length > 0) setMessages((now) => merge(beat.messages, now ?? []));
    };
    reload();
    socket.on('beat', onBeat);
    socket.io.on('reconnect', reload);
    return () => {
      socket.off('beat', onBeat);
      socket.io.off('reconnect', reload);
    };
  }, [reload]);

  return {
    messages,
    error,
    empty: messages?.length === 0,
    paused,
    unseen,
    passages,
    reload,
    pause: () => {
      held.current = true;
      setPaused(true);
    },
    resume: () => {
      held.current = false;
      setPaused(false);
      setUnseen(0);
      reload();
    },
  };
}

/** Newest first, each once; the newer view of a message wins. */
function merge(newer: readonly Message[], older: readonly Message[]): readonly Message[] {
  const byId = new Map([...older, ...newer].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
}

function addPassages(now: ReadonlyMap<string, number>, beat: LiveBeat): ReadonlyMap<string, number> {
  if (beat.passages.length === 0) return now;
  const next = new Map(now);
  for (const { flowId, count } of beat.passages) next.set(flowId, (next.get(flowId) ?? 0) + count);
  return next;
}
