import type { LiveBeat } from '#shared/api/live.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { listMessages } from '../../lib/api/messages.ts';
import { useLive } from '../../lib/live/live-store.ts';
import { socket } from '../../lib/live/socket.ts';
import { ASKED, hasUnsettled, NO_STREAM, type StreamState, withBeats, withMessages } from './stream-state.ts';

/** The texts of the live page, and what can be done with them. */
export interface TextsStream extends StreamState {
  error: unknown;
  /** No text was ever sent or received. */
  empty: boolean;
  paused: boolean;
  pause: () => void;
  resume: () => void;
  reload: () => void;
}

/** Between two drawings of the stream; a slow machine then draws less often instead of falling behind. */
const DRAW_EVERY = 400;

/** What has not ended yet is asked for again so often, in milliseconds: a beat tells of a text once, before it was sent. */
const ASK_AGAIN = 3_000;

/**
 * The newest texts that there are, and those that come from then on. They are asked for as soon as the page is opened, and again once
 * the connection is there, at first and after each break: nobody tells of what came in between.
 */
export function useStream(): TextsStream {
  const [stream, setStream] = useState(NO_STREAM);
  const [error, setError] = useState<unknown>();
  const [paused, setPaused] = useState(false);
  const connected = useLive(({ connection }) => connection === 'open');
  const isAsked = useRef(false);
  const waiting = useRef<LiveBeat[]>([]);

  const reload = useCallback(() => {
    listMessages({ size: ASKED }).then(
      ({ items }) => {
        setError(undefined);
        setStream((now) => withMessages(now, items));
      },
      (problem: unknown) => setError(problem),
    );
  }, []);

  useEffect(() => {
    const onBeat = (beat: LiveBeat) => waiting.current.push(beat);
    socket.on('beat', onBeat);
    return () => {
      socket.off('beat', onBeat);
    };
  }, []);

  useEffect(() => {
    if (isAsked.current && (paused || !connected)) return;
    isAsked.current = true;
    reload();
  }, [connected, paused, reload]);

  const unsettled = hasUnsettled(stream);
  useEffect(() => {
    if (!unsettled || paused) return;
    let isWanted = true;
    const show = ({ items }: Awaited<ReturnType<typeof listMessages>>) => {
      if (isWanted) setStream((now) => withMessages(now, items));
    };
    // What fails is asked for again anyway; a server that is away is told of by the connection.
    const timer = setInterval(
      () => void listMessages({ size: ASKED }).then(show, () => undefined),
      ASK_AGAIN,
    );
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [unsettled, paused]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the next look is taken only after `stream` was drawn
  useEffect(() => {
    const look = () => {
      if (waiting.current.length === 0) {
        timer = setTimeout(look, DRAW_EVERY);
        return;
      }
      const beats = waiting.current.splice(0);
      setStream((now) => withBeats(now, beats, paused));
    };
    let timer = setTimeout(look, DRAW_EVERY);
    return () => clearTimeout(timer);
  }, [stream, paused]);

  return {
    ...stream,
    error,
    empty: stream.messages?.length === 0,
    paused,
    reload,
    pause: () => {
      setStream((now) => ({ ...now, unseen: 0 }));
      setPaused(true);
    },
    resume: () => setPaused(false),
  };
}
