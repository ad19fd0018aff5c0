import * as fc from '../../../support/properties.ts';

/** How many people there are, and nodes. */
export const [PEOPLE, NODES] = [3, 3];

/** What the other system does with a request; `hangs`: nothing, until it is told to. */
export type Answer = 'takes' | 'fails' | 'outlasts' | 'cuts' | 'hangs';
/** Somebody at a node who looks for what is due. */
const WORKERS = ['wakes', 'calls', 'moves', 'campaigns', 'backlog'] as const;
export type Worker = (typeof WORKERS)[number];
const STANDINGS = ['live', 'paused', 'archived'] as const;

/** Something that happens. `skew`: a node's clock goes so far wrong, or right again; `halt`, `go-on`: of the newest campaign; `crowd`: a node has more texts than it can decide in time; `die`: the connections of a node end, its claims stay. */
export type Act =
  | { do: 'says'; person: number; node: number; text: string }
  | { do: 'repeat'; person: number; node: number }
  | { do: 'look'; node: number; worker: Worker }
  | { do: 'plan'; answers: Answer[] }
  | { do: 'release' | 'wait' | 'rest' | 'break' | 'cancel' | 'claims' }
  | { do: 'campaign'; daily: boolean }
  | { do: 'halt' | 'go-on' }
  | { do: 'clock'; seconds: number }
  | { do: 'skew'; node: number; seconds: number }
  | { do: 'crowd'; node: number; crowded: boolean }
  | { do: 'slow'; node: number; slow: boolean }
  | { do: 'order'; what: 'start' | 'text'; person: number; nodes: [number, number]; anew: boolean }
  | { do: 'publish'; version: number; standing: (typeof STANDINGS)[number] }
  | { do: 'move'; node: number; from: number; to: number }
  | { do: 'pause' | 'resume' | 'undo' | 'die' | 'restart'; node: number }
  | { do: 'erase'; person: number; node: number };

const person = fc.nat(PEOPLE - 1);
const node = fc.nat(NODES - 1);
const version = fc.constantFrom(1, 2, 3);
const is = <Kind extends Act['do']>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);
const texts = fc.constantFrom('TALK', 'REMIND', 'hello', 'hello', 'hello', 'hello', 'HELP', 'STOP', 'START');
const answers = fc.array(fc.constantFrom<Answer>('takes', 'fails', 'outlasts', 'cuts', 'hangs', 'hangs'), {
  minLength: 1,
  maxLength: 4,
});
/** Much of it about when something is due; back as far as a clock that is mended. */
const seconds = fc.constantFrom(1, 60, 599, 600, 1_800, 3_600, 7_200, 43_200, -1, -120, -3_600);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: is('says'), person, node, text: texts }) },
  { weight: 3, arbitrary: fc.record({ do: is('repeat'), person, node }) },
  { weight: 20, arbitrary: fc.record({ do: is('look'), node, worker: fc.constantFrom(...WORKERS) }) },
  { weight: 4, arbitrary: fc.record({ do: is('plan'), answers }) },
  { weight: 12, arbitrary: fc.record({ do: is('clock'), seconds }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: is('skew'), node, seconds: fc.constantFrom(0, 0, 120, 7_200, -120, -7_200) }),
  },
  { weight: 24, arbitrary: fc.record({ do: fc.constantFrom('release', 'wait', 'wait', 'rest', 'rest') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('break', 'claims') }) },
  { weight: 3, arbitrary: fc.record({ do: is('campaign'), daily: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'halt', 'halt', 'go-on') }) },
  { weight: 3, arbitrary: fc.record({ do: is('crowd'), node, crowded: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: is('slow'), node, slow: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: is('order'),
      what: fc.constantFrom('start', 'text'),
      person,
      nodes: fc.tuple(node, node),
      anew: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is('publish'),
      version,
      standing: fc.constantFrom('live', 'live', ...STANDINGS),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: is('move'), node, from: version, to: version }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'undo', 'undo'), node }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('die', 'restart'), node }) },
  { weight: 1, arbitrary: fc.record({ do: is('erase'), person, node }) },
);

/** Any story of people, another system and nodes, from a day before the clocks change; `version` is live then. */
export const story: fc.Arbitrary<{ at: string; version: number; acts: Act[] }> = fc.record({
  at: fc.constantFrom('2026-03-28T06:00:00Z', '2026-10-24T06:00:00Z'),
  version,
  acts: fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }),
});
