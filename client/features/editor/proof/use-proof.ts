import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { worldsQuery } from '../../../lib/queries/flow-queries.ts';
import type { ProofAnswer, ProofQuestion, ShownIssue } from './proof.worker.ts';

/** How long the drawing must rest before it is explored, in milliseconds. */
const PAUSE = 500;

/** What exploring the draft has shown so far; null until the first time. */
export type Explored = Omit<ProofAnswer, 'id'>;

/** Explores the draft in a worker a moment after each edit, and shows the last answer meanwhile. */
export function useProof(flowId: string, definition: Definition): Explored | null {
  const { data: worlds } = useQuery(worldsQuery(flowId));
  const [explored, setExplored] = useState<Explored | null>(null);
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const key = useMemo(() => {
    const { layout: _, ...logic } = definition;
    return JSON.stringify(logic);
  }, [definition]);

  useEffect(() => {
    const one = new Worker(new URL('./proof.worker.ts', import.meta.url), { type: 'module' });
    one.onmessage = ({ data }: MessageEvent<ProofAnswer>) => {
      if (data.id === asked.current) setExplored(data);
    };
    worker.current = one;
    return () => {
      worker.current = null;
      one.terminate();
    };
  }, []);

  useEffect(() => {
    if (!worlds) return;
    const timer = setTimeout(() => {
      const question: ProofQuestion = { id: ++asked.current, definition: JSON.parse(key), worlds };
      worker.current?.postMessage(question);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [key, worlds]);

  return explored;
}

const keyOf = ({ code, message, place }: Issue): string => JSON.stringify([code, message, place]);

/** What the drawing shows at a glance, and what only its conversations show: each once, with its conversation where there is one. */
export function withProof(issues: readonly Issue[], explored: Explored | null): ShownIssue[] {
  const found = new Map((explored?.findings ?? []).map((finding) => [keyOf(finding), finding]));
  const own = issues.map((issue) => found.get(keyOf(issue)) ?? issue);
  const known = new Set(issues.map(keyOf));
  // An error of the drawing that was mended since is not shown again by an older answer.
  const beyond = [...found.values()].filter((finding) => finding.witness && !known.has(keyOf(finding)));
  return [...own, ...beyond];
}
