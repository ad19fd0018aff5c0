import type { Conversation } from '#flows/engine/transcript.ts';
import type {
  Drafted,
  Explored,
  Exploring,
  Generated,
  Numbered,
  Played,
  ProofAnswer,
  ProofQuestion,
} from './proof.worker.ts';

/** Who is told what a look at a draft has shown: its conversations at once, how far all others are looked at, and what came of it. */
export interface Onlooker {
  onPlayed: (played: Played) => void;
  onExploring: (exploring: Exploring) => void;
  onExplored: (explored: Explored) => void;
}

/** Hands questions to the worker that explores and plays drafts, and its answers to whoever asked. */
export interface ProofDesk {
  /** Looks at a draft; what an older look has shown is not told any more. */
  look: (draft: Drafted, conversations: readonly Conversation[], onlooker: Onlooker) => void;
  /** Writes conversations along the lines that those there already do not go along. */
  generate: (draft: Drafted, there: readonly Conversation[]) => Promise<Generated>;
  /** Plays conversations: how they read now. */
  hear: (draft: Drafted, conversations: readonly Conversation[]) => Promise<Played>;
  close: () => void;
}

export function openProofDesk(): ProofDesk {
  const worker = new Worker(new URL('./proof.worker.ts', import.meta.url), { type: 'module' });
  const asked = new Map<number, (answer: ProofAnswer) => void>();
  let last = 0;
  let looking = 0;
  worker.onmessage = ({ data: { id, content } }: MessageEvent<Numbered<ProofAnswer>>) =>
    asked.get(id)?.(content);

  const ask = (question: ProofQuestion, onAnswer: (answer: ProofAnswer) => void): number => {
    const numbered: Numbered<ProofQuestion> = { id: ++last, content: question };
    asked.set(numbered.id, onAnswer);
    worker.postMessage(numbered);
    return numbered.id;
  };
  const askOnce = <Found>(question: ProofQuestion, found: (answer: ProofAnswer) => Found | null) =>
    new Promise<Found>((resolve) => {
      const id = ask(question, (answer) => {
        asked.delete(id);
        const wanted = found(answer);
        if (wanted !== null) resolve(wanted);
      });
    });

  return {
    look(draft, conversations, { onPlayed, onExploring, onExplored }) {
      asked.delete(looking);
      looking = ask({ ask: 'look', ...draft, conversations }, (answer) => {
        if (answer.about === 'played') onPlayed(answer.played);
        if (answer.about === 'exploring') onExploring(answer.exploring);
        if (answer.about === 'explored') onExplored(answer.explored);
      });
    },
    generate: (draft, conversations) =>
      askOnce({ ask: 'generate', ...draft, conversations }, (answer) =>
        answer.about === 'generated' ? answer.generated : null,
      ),
    hear: (draft, conversations) =>
      askOnce({ ask: 'hear', ...draft, conversations }, (answer) =>
        answer.about === 'played' ? answer.played : null,
      ),
    close: () => worker.terminate(),
  };
}
