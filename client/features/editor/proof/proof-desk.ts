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
} from './proof-messages.ts';

/** Who is told what a look at a draft has shown: its conversations at once, how far all others are looked at, and what came of it. */
export interface Onlooker {
  onPlayed: (played: Played) => void;
  onExploring: (exploring: Exploring) => void;
  onExplored: (explored: Explored) => void;
  /** Something of ours went wrong: nothing more comes. */
  onFailed: () => void;
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

/** What a desk asks of a worker. */
export type ProofWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

const newWorker = (): ProofWorker =>
  new Worker(new URL('./proof.worker.ts', import.meta.url), { type: 'module' });

/** A question that cannot be answered is one; a worker that cannot be loaded, or ends, leaves all of them unanswered, and the next gets a new one. */
export function openProofDesk(open: () => ProofWorker = newWorker): ProofDesk {
  let worker: ProofWorker | null = null;
  const asked = new Map<number, (answer: ProofAnswer) => void>();
  let last = 0;
  let looking = 0;
  const started = (): ProofWorker => {
    if (worker) return worker;
    worker = open();
    worker.onmessage = ({ data: { id, content } }: MessageEvent<Numbered<ProofAnswer>>) =>
      asked.get(id)?.(content);
    worker.onerror = ({ message }) => {
      worker?.terminate();
      worker = null;
      for (const answered of [...asked.values()]) answered({ about: 'failed', why: message });
    };
    return worker;
  };

  started();

  const ask = (question: ProofQuestion, onAnswer: (answer: ProofAnswer) => void): number => {
    const numbered: Numbered<ProofQuestion> = { id: ++last, content: question };
    asked.set(numbered.id, onAnswer);
    started().postMessage(numbered);
    return numbered.id;
  };
  const askOnce = <Found>(question: ProofQuestion, found: (answer: ProofAnswer) => Found | null) =>
    new Promise<Found>((resolve, reject) => {
      const id = ask(question, (answer) => {
        asked.delete(id);
        const wanted = found(answer);
        if (wanted !== null) resolve(wanted);
        else reject(new Error(answer.about === 'failed' ? answer.why : 'Another question was answered.'));
      });
    });

  return {
    look(draft, conversations, { onPlayed, onExploring, onExplored, onFailed }) {
      asked.delete(looking);
      looking = ask({ ask: 'look', ...draft, conversations }, (answer) => {
        if (answer.about === 'played') onPlayed(answer.played);
        if (answer.about === 'exploring') onExploring(answer.exploring);
        if (answer.about === 'explored') onExplored(answer.explored);
        if (answer.about === 'failed') onFailed();
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
    close: () => worker?.terminate(),
  };
}
