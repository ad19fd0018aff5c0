import { advance, BEGINNING, hasEnded } from '#flows/engine/step.ts';
import { type CompiledFlow, compile } from '#flows/engine/compile.ts';
import { decide } from '#flows/engine/decide.ts';
import type { ContactState } from '#flows/engine/world.ts';
import { parse } from '#flows/definition/parse.ts';
import { opened, published, stranger, worldOf } from '../support/phone-stage.ts';
import type { Bench, Row, Verdict } from './bench.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { chain } from './support/chain.ts';
import { COLUMNS, ROUNDS, time } from './support/time.ts';
import { figure } from './support/words.ts';

export const engineBench: Bench = {
  name: 'engine',
  summary: 'the pure parts: a step, a decision, compiling',
  run: async () => {
    const [small, large] = [steps(12), steps(300)];
    const compiled = compiling();
    return {
      title: 'Engine: one call of each, without server or database',
      columns: COLUMNS,
      rows: [...small, ...large, ...decisions(), ...compiled],
      verdicts: [
        below('advance, a flow of 12 steps', small, 15),
        below('advance, a flow of 300 steps', large, 40),
        below('compile, a flow of 300 steps, with its first step', compiled.slice(-2, -1), 15_000),
      ],
      notes: [`The best of ${ROUNDS} rounds.`],
      wrong: [],
    };
  },
};

/** Holds the slowest of these to a limit. */
function below(what: string, rows: readonly Row[], limit: number): Verdict {
  const each = Math.max(...rows.map(({ figures }) => figures.each ?? Number.NaN));
  return {
    what,
    asked: `under ${figure(limit)} µs`,
    measured: `${figure(each)} µs`,
    ratio: null,
    met: each < limit,
  };
}

function steps(length: number): Row[] {
  const { compiled } = opened(chain(length));
  const begun = advance(compiled, BEGINNING, { type: 'start' }).position;
  const waiting = advance(compiled, begun, { type: 'answer.send.accepted' }).position;
  return [
    time(`advance: an answer taken, ${length} steps`, () =>
      advance(compiled, waiting, { type: 'reply.yes', value: 'yes' }),
    ),
    time(`advance: an event nobody listens to, ${length} steps`, () =>
      advance(compiled, waiting, { type: 'event.nothing' }),
    ),
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
  const [join = '', yes = ''] = SCRIPT.map(({ says }) => says);
  let said = 0;
  const asked = stranger();
  say(asked, join);
  return [
    time('decide: JOIN of a stranger', () => say(stranger(), join)),
    time('decide: YES to the question', () =>
      say({ ...asked, consents: { ...asked.consents }, runs: asked.runs.map((run) => ({ ...run })) }, yes),
    ),
    time('decide: a sentence that means nothing', () => say(stranger(), sentence(++said))),
  ];
}

/** No two in a row are the same, as with people. */
const sentence = (n: number): string => `See you at ${n % 12} then? I will bring the cake.`;

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
    time('compile: 300 steps, then each for the first time', () => walk(compile(definition, nodes))),
  ];
}

/** Goes through a chain from its first question to its end, a yes to each. */
function walk(flow: CompiledFlow): void {
  let { position } = advance(flow, BEGINNING, { type: 'start' });
  while (!hasEnded(position)) {
    position = advance(flow, position, { type: 'answer.send.accepted' }).position;
    position = advance(flow, position, { type: 'reply.yes', value: 'yes' }).position;
  }
}
