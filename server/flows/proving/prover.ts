import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { Problem } from '../../common/problem.ts';
import { type FlowProof, type ProofTask, proveInWorlds } from './prove-in-worlds.ts';
import type { ProofAnswer } from './prove.thread.ts';

/** Where the thread begins, null for none, when a proof is given up: milliseconds, megabytes; and how many may wait for their turn. */
export interface ProverOptions {
  file: URL | null;
  time: number;
  memory: number;
  mostWaiting: number;
}

const PROVER_OPTIONS = Symbol('prover options');

/** Node runs the thread's own file only where it is built; the sources, which tests run, are proved in the thread they are in. */
const BUILT = import.meta.url.endsWith('.js') ? new URL('./prove.thread.js', import.meta.url) : null;
const DEFAULTS: ProverOptions = { file: BUILT, time: 30_000, memory: 768, mostWaiting: 20 };

/** Proves flows in a thread of its own, one after the other, so that a big one holds up no text. */
@Injectable()
export class Prover implements OnApplicationShutdown {
  private thread: Worker | null = null;
  private waiting: { resolve: (answer: ProofAnswer) => void; reject: (error: Error) => void } | null = null;
  private last: Promise<unknown> = Promise.resolve();
  /** Proofs that wait for their turn or are under way, and how long the last one took, in milliseconds. */
  private asked = 0;
  private took = 1_000;

  constructor(@Optional() @Inject(PROVER_OPTIONS) private readonly options: ProverOptions = DEFAULTS) {}

  /** Rejects with a Problem where the flow takes too long, or where too many wait already. */
  async prove(task: ProofTask): Promise<FlowProof> {
    const { file, mostWaiting } = this.options;
    if (!file) return proveInWorlds(task);
    if (this.asked > mostWaiting) throw tooMany((this.asked * this.took) / 1_000);
    this.asked++;
    const next = this.last.then(() => this.inThread(task, file)).finally(() => this.asked--);
    this.last = next.catch(() => {});
    return next;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  private async inThread(task: ProofTask, file: URL): Promise<FlowProof> {
    const thread = this.started(file);
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<ProofAnswer>((resolve, reject) => {
        timer = setTimeout(() => reject(tooBig()), this.options.time);
        this.waiting = { resolve, reject };
        thread.postMessage(task);
      });
      if ('failure' in answer) throw new Error(answer.failure);
      return answer.proof;
    } catch (error) {
      // Whatever it is doing still, nobody waits for it any more: the next flow gets a new thread.
      this.thread = null;
      await thread.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
      this.waiting = null;
      this.took = performance.now() - began;
    }
  }

  private started(file: URL): Worker {
    if (this.thread) return this.thread;
    const thread = new Worker(file, {
      execArgv: ['--conditions=built', '--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: this.options.memory },
    });
    thread.on('message', (answer: ProofAnswer) => this.waiting?.resolve(answer));
    thread.on('error', (error) => this.waiting?.reject(isOutOfMemory(error) ? tooBig() : error));
    thread.on('exit', () => this.ended(thread));
    thread.unref();
    this.thread = thread;
    return thread;
  }

  private ended(thread: Worker): void {
    if (this.thread !== thread) return;
    this.thread = null;
    this.waiting?.reject(new Error('The thread that proves flows has ended.'));
  }
}

const isOutOfMemory = (error: Error): boolean => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const tooBig = (): Problem =>
  Problem.unprocessable(
    'flow.too-big-to-prove',
    'This flow could not be explored in time. Make it smaller, for example by moving a part into a flow of its own.',
  );

/** `seconds`: until those that wait now will have had their turn, as far as one can tell. */
const tooMany = (seconds: number): Problem => {
  const after = Math.max(1, Math.ceil(seconds));
  return Problem.unavailable(
    'flow.prover-busy',
    `Many flows are being proved right now. Try again in ${after} ${after === 1 ? 'second' : 'seconds'}.`,
    after,
  );
};
