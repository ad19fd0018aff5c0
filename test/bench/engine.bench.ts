import { KeywordIndex } from '#shared/sms/keyword.ts';
import { advance, BEGINNING } from '#flows/engine/step.ts';
import { compile } from '#flows/engine/compile.ts';
import { decide } from '#flows/engine/decide.ts';
import type { ContactState } from '#flows/engine/world.ts';
import { parse } from '#flows/definition/parse.ts';
import { opened, PERSON, published, worldOf } from '../support/phone-stage.ts';
import type { Bench, Column, Row } from './bench.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { chain } from './support/chain.ts';

const COLUMNS: readonly Column[] = [{ key: 'each', title: 'CPU µs', digits: 1 }];
/** How long each figure is measured, in milliseconds, and how often; the best counts. */
const ROUND_MS = 150;
const ROUNDS = 5;

export const engineBench: Bench = {
  name: 'engine',
  summary: 'the pure parts: a step, a decision, compiling, keywords',
  run: async () => ({
    title: 'Engine: one call of each, without server or database',
    columns: COLUMNS,
    rows: [...steps(), ...decisions(), ...compiling(), ...keywords()],
    notes: [`The best of ${ROUNDS} rounds.`],
    wrong: [],
  }),
};

/** CPU microseconds of a call: the best of some rounds, which is the one others disturbed least. */
function time(name: string, call: () => unknown): Row {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    const until = performance.now() + ROUND_MS;
    let calls = 0;
    do {
      for (let n = calls === 0 ? 1 : Math.min(calls, 64); n > 0; n--, calls++) call();
    } while (performance.now() < until);
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / calls);
  }
  return { name, figures: { each: best } };
}

function steps(): Row[] {
  const { compiled } = opened(chain(12));
  const begun = advance(compiled, BEGINNING, { type: 'start' }).position;
  const waiting = advance(compiled, begun, { type: 'answer.send.accepted' }).position;
  return [
    time('advance: an answer taken, 12 steps', () =>
      advance(compiled, waiting, { type: 'reply.yes', value: 'yes' }),
    ),
    time('advance: an event nobody listens to', () => advance(compiled, waiting, { type: 'event.nothing' })),
  ];
}

function decisions(): Row[] {
  const world = worldOf([published(doubleOptIn.definition)], { news: 'double' });
  let ids = 0;
  const identity = { newId: () => `id-${++ids}` };
  const say = (contact: ContactState, text: string): void => {
    const deciding = decide({ kind: 'message', text, at: 0 }, contact, world, identity);
    if (!deciding.next().done) throw new Error('The double opt-in asks nothing of the shell.');
  };
  const stranger = (): ContactState => ({
    phone: PERSON,
    language: null,
    fields: {},
    stopped: false,
    consents: {},
    arms: {},
    runs: [],
  });
  const [join = '', yes = ''] = SCRIPT.map(({ says }) => says);
  const asked = stranger();
  say(asked, join);
  return [
    time('decide: JOIN of a stranger', () => say(stranger(), join)),
    time('decide: YES to the question', () =>
      say({ ...asked, consents: { ...asked.consents }, runs: asked.runs.map((run) => ({ ...run })) }, yes),
    ),
  ];
}

function compiling(): Row[] {
  const json = chain(300);
  const parsed = parse(json);
  if (parsed.definition === null) throw new Error('The chain is no flow.');
  const { definition, nodes } = parsed;
  return [
    time('parse: 300 steps', () => parse(json)),
    time('compile: 300 steps', () => compile(definition, nodes)),
    time('compile: 300 steps, then the first step', () =>
      advance(compile(definition, nodes), BEGINNING, { type: 'start' }),
    ),
  ];
}

function keywords(): Row[] {
  const bindings = Array.from({ length: 100_000 }, (_, n) => ({
    words: `word${n}`,
    match: 'first-word' as const,
    target: n,
  }));
  const index = new KeywordIndex(bindings);
  let n = 0;
  return [
    time('keywords: an index of 100,000 built', () => new KeywordIndex(bindings)),
    time('keywords: one of 100,000 found', () => index.find(`WORD${n++ % 100_000} please`)),
    time('keywords: none of 100,000 found', () => index.find('see you at eight then')),
  ];
}
