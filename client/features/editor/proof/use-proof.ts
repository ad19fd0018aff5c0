import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import { createStore, type StoreApi } from 'zustand';
import { worldsQuery } from '../../../lib/queries/flow-queries.ts';
import type { Drafted, Explored, Exploring, Generated, Played, ShownIssue } from './proof-messages.ts';
import { openProofDesk, type ProofDesk } from './proof-desk.ts';
import { keyOf, type Proved } from './with-proof.ts';

/** How long the drawing must rest before it is explored, in milliseconds: what is under way is given up, so it need not be long. */
const PAUSE = 250;

/** How far an exploration has come, apart from the rest: it changes ten times a second, and one line shows it. */
export type Progress = Pick<Exploring, 'states' | 'depth'>;

/** What a worker has found out about the draft, and the way to ask it for more. */
export interface DraftProof extends Proved {
  /** What every conversation came to, null until the first time. */
  explored: Explored | null;
  /** It could not be explored as it is now: a fault of ours. */
  failed: boolean;
  /** Explores it once more. */
  again: () => void;
  /** Null while nothing is explored. */
  progress: StoreApi<Progress | null>;
  /** What the saved conversations came to. */
  played: Played | null;
  /** Writes conversations along the lines that those there already do not go along. */
  generate: (there: readonly Conversation[]) => Promise<Generated>;
  hear: (conversations: readonly Conversation[]) => Promise<Played>;
  /** How conversations read in another drawing, in the same world. */
  hearIn: (definition: Definition, conversations: readonly Conversation[]) => Promise<Played>;
}

/** Explores the draft in a worker a moment after each edit, plays its conversations, and shows the last answers meanwhile. */
export function useProof(
  flowId: string,
  definition: Definition,
  conversations: readonly Conversation[] | null,
): DraftProof {
  const { data: worlds } = useQuery(worldsQuery(flowId));
  const [explored, setExplored] = useState<{ key: string; found: Explored } | null>(null);
  const [certain, setCertain] = useState<{ key: string; found: readonly ShownIssue[] } | null>(null);
  const [progress] = useState(() => createStore<Progress | null>(() => null));
  const [failed, setFailed] = useState<string | null>(null);
  const [played, setPlayed] = useState<Played | null>(null);
  const desk = useRef<ProofDesk | null>(null);
  const key = useMemo(() => {
    const { layout: _, ...logic } = definition;
    return JSON.stringify(logic);
  }, [definition]);
  const draft = useMemo(
    (): Drafted => ({ definition: JSON.parse(key), worlds: worlds ?? [] }),
    [key, worlds],
  );

  useEffect(() => {
    const opened = openProofDesk();
    desk.current = opened;
    return () => {
      desk.current = null;
      opened.close();
    };
  }, []);

  const isReady = worlds !== undefined;
  const look = useCallback(() => {
    if (!isReady || !conversations) return;
    setFailed(null);
    desk.current?.look(draft, conversations, {
      onPlayed: setPlayed,
      onExploring: ({ certain: found, states, depth }) => {
        progress.setState({ states, depth }, true);
        setCertain((before) =>
          before?.key === key && isSame(before.found, found) ? before : { key, found },
        );
      },
      onExplored: (found) => {
        progress.setState(null, true);
        setExplored({ key, found });
      },
      onFailed: () => {
        progress.setState(null, true);
        setFailed(key);
      },
    });
  }, [draft, key, isReady, conversations, progress]);
  useEffect(() => {
    const timer = setTimeout(look, PAUSE);
    return () => clearTimeout(timer);
  }, [look]);

  return useMemo(() => {
    const here = () => {
      if (!desk.current) throw new Error('The editor is closed.');
      return desk.current;
    };
    return {
      explored: explored?.found ?? null,
      fresh: explored?.key === key,
      certain: certain?.key === key ? certain.found : NONE,
      failed: failed === key,
      again: look,
      progress,
      played,
      generate: (there: readonly Conversation[]) => here().generate(draft, there),
      hear: (spoken: readonly Conversation[]) => here().hear(draft, spoken),
      hearIn: (other: Definition, spoken: readonly Conversation[]) =>
        here().hear({ ...draft, definition: other }, spoken),
    };
  }, [explored, certain, failed, look, progress, key, played, draft]);
}

const NONE: readonly ShownIssue[] = [];

const isSame = (some: readonly ShownIssue[], others: readonly ShownIssue[]): boolean =>
  some.length === others.length && some.every((one, at) => keyOf(one) === keyOf(others[at] ?? one));
