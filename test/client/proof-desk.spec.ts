import { expect, test } from '@jest/globals';
import { ProofClerk } from '#client/features/editor/proof/proof-clerk.ts';
import { openProofDesk, type ProofWorker } from '#client/features/editor/proof/proof-desk.ts';
import type { Explored, Numbered, ProofQuestion } from '#client/features/editor/proof/proof-messages.ts';
import { lineFlow, saying } from '../support/line-flow.ts';

/** A desk whose workers are here; each pause is waited out by hand, and each moment of work takes a slice. */
function stage() {
  const due: (() => void)[] = [];
  let clock = 0;
  const pauses = () => ({
    now: () => {
      clock += 5;
      return clock;
    },
    later: (go: () => void) => due.push(go),
  });
  const workers: ProofWorker[] = [];
  const open = (): ProofWorker => {
    const clerk = new ProofClerk(pauses, (data) => worker.onmessage?.call(here, message(data)));
    const worker: ProofWorker = {
      postMessage: (question: Numbered<ProofQuestion>) => setImmediate(() => clerk.take(question)),
      terminate: () => undefined,
      onmessage: null,
      onerror: null,
    };
    const here = worker as Worker;
    workers.push(worker);
    return worker;
  };
  const message = (data: unknown) => ({ data }) as MessageEvent;
  const desk = openProofDesk(open);
  let pausing = 0;
  const heard = () => new Promise((resolve) => setImmediate(resolve));
  const work = async () => {
    await heard();
    for (let go = due.shift(); go; go = due.shift()) {
      pausing++;
      go();
    }
    return pausing;
  };
  const said: string[] = [];
  let explored: Explored | null = null;
  const onlooker = {
    onPlayed: () => said.push('played'),
    onExploring: () => undefined,
    onExplored: (found: Explored) => {
      said.push('explored');
      explored = found;
    },
    onFailed: () => said.push('failed'),
  };
  const pause = async () => {
    await heard();
    due.shift()?.();
  };
  return { desk, workers, heard, work, pause, said, onlooker, explored: () => explored };
}

const draft = { definition: lineFlow('TEA', saying('Tea is ready. STOP to end.')), worlds: [{}] };
/** Its conversations cannot be read, as by a fault of ours. */
const FAULTY = [{ name: 'x', lines: null as never }];

test('says that a look has failed, and looks again when it is asked to', async () => {
  const { desk, work, said, onlooker, explored } = stage();
  desk.look(draft, FAULTY, onlooker);
  await work();
  expect(said).toEqual(['failed']);
  desk.look(draft, [], onlooker);
  await work();
  expect(said).toEqual(['failed', 'played', 'explored']);
  expect(explored()?.states).toBeGreaterThan(0);
});

test('fails what was asked of a worker that ends, and gets a new one', async () => {
  const { desk, workers, heard, work, said, onlooker } = stage();
  const written = desk.generate(draft, []);
  desk.look(draft, [], onlooker);
  await heard();
  workers[0]?.onerror?.call(workers[0] as Worker, { message: 'It ran out of memory.' } as ErrorEvent);
  await expect(written).rejects.toThrow('It ran out of memory.');
  expect(said).toEqual(['played', 'failed']);
  desk.look(draft, [], onlooker);
  await work();
  expect([workers.length, said.at(-1)]).toEqual([2, 'explored']);
});

test('writes conversations in slices, beside a look, and answers others meanwhile', async () => {
  const { desk, work, pause, said, onlooker } = stage();
  let isWritten = false;
  const written = desk.generate(draft, []).then((generated) => {
    isWritten = true;
    return generated;
  });
  desk.look(draft, [], onlooker);
  await pause();
  const { results } = await desk.hear(draft, []);
  expect(results).toEqual([]);
  expect(isWritten).toBe(false);
  expect(await work()).toBeGreaterThan(3);
  expect((await written).conversations.map(({ lines }) => lines[0])).toEqual([{ says: 'TEA' }]);
  expect(said).toEqual(['played', 'explored']);
});

test('rejects what cannot be written', async () => {
  const { desk, work } = stage();
  const written = desk.generate(draft, FAULTY);
  await work();
  await expect(written).rejects.toThrow();
});
