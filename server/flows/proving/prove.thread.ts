import { parentPort } from 'node:worker_threads';
import { type FlowProof, type ProofTask, proveInWorlds } from './prove-in-worlds.ts';

/** What the thread answers: the proof, or how it failed. */
export type ProofAnswer = { proof: FlowProof } | { failure: string };

parentPort?.on('message', (task: ProofTask) => parentPort?.postMessage(answerTo(task)));

function answerTo(task: ProofTask): ProofAnswer {
  try {
    return { proof: proveInWorlds(task) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
