import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import type { TranscriptLine } from '#flows/engine/transcript.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorldSchema } from '#flows/prove/world.ts';

/** What the worker is asked: a draft, and the worlds it would live in. */
export interface ProofQuestion {
  id: number;
  definition: unknown;
  worlds: readonly unknown[];
}

/** A finding with the conversation that shows it. */
export interface ShownIssue extends Issue {
  witness?: { lines: readonly TranscriptLine[]; given: readonly string[]; replayed: boolean };
}

export interface ProofAnswer {
  id: number;
  findings: ShownIssue[];
  states: number;
  bounded: boolean;
}

/** Explores a draft beside the page, so that typing never waits for it. */
self.onmessage = ({ data }: MessageEvent<ProofQuestion>) => {
  self.postMessage(answer(data));
};

function answer({ id, definition, worlds }: ProofQuestion): ProofAnswer {
  const parsed = parse(definition);
  if (parsed.definition === null) return { id, findings: [], states: 0, bounded: false };
  const proofs = worlds.flatMap((json) => {
    const world = proofWorldSchema.safeParse(json);
    return world.success ? [prove(parsed, world.data)] : [];
  });
  return {
    id,
    findings: proofs.flatMap(({ findings }) =>
      findings.map(({ code, severity, message, place, witness }) => ({
        code,
        severity,
        message,
        place,
        ...(witness
          ? { witness: { lines: witness.lines, given: witness.given, replayed: witness.replayed } }
          : {}),
      })),
    ),
    states: Math.max(0, ...proofs.map(({ covered }) => covered.states)),
    bounded: proofs.some(({ bounded }) => bounded),
  };
}
