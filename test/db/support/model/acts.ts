import * as fc from '../../../support/properties.ts';

/** How many people there are, nodes, and senders, each on a gateway of its own. */
export const [PEOPLE, NODES, SENDERS] = [4, 2, 2];

/** What the far end does with a request; `hangs`: nothing, until it is told to. */
export type Answer = 'takes' | 'fails' | 'throttles' | 'cuts' | 'hangs';
/** A pace of senders, or of an operator. */
export type Limit = 'none' | 'pace' | 'operator';

/** Something that happens. `all-say`: everybody at once; `hear`: all that was said is answered; `pass`: a while goes by; `break`: all connections to the database end. */
export type Act =
  | { do: 'says'; person: number; node: number; sender: number; text: string }
  | { do: 'all-say'; node: number; text: string }
  | { do: 'order'; person: number; node: number; sender: number }
  | { do: 'plan'; answers: Answer[] }
  | { do: 'hear' | 'release' | 'tick' | 'wait' | 'pass' | 'break' }
  | { do: 'switch'; stopped: boolean }
  | { do: 'limit'; limit: Limit }
  | { do: 'restart'; node: number };

const person = fc.nat(PEOPLE - 1);
const node = fc.nat(NODES - 1);
const sender = fc.constantFrom(0, 0, 0, SENDERS - 1);
const says = fc.constantFrom('COUNT', 'on', 'on', 'on', 'STOP', 'START', 'HELP');
const answers = fc.array(fc.constantFrom<Answer>('takes', 'fails', 'throttles', 'cuts', 'hangs', 'hangs'), {
  minLength: 1,
  maxLength: 4,
});
const is = <Kind extends Act['do']>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ do: is('says'), person, node, sender, text: says }) },
  { weight: 4, arbitrary: fc.record({ do: is('order'), person, node, sender }) },
  { weight: 8, arbitrary: fc.record({ do: is('plan'), answers }) },
  { weight: 16, arbitrary: fc.record({ do: fc.constantFrom('release', 'tick', 'wait', 'wait') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pass', 'break') }) },
  { weight: 2, arbitrary: fc.record({ do: is('switch'), stopped: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: is('limit'), limit: fc.constantFrom<Limit>('none', 'pace', 'operator') }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('restart'), node }) },
);

const keep = fc.constantFrom<Act>({ do: 'all-say', node: 0, text: 'STOP' }, { do: 'switch', stopped: true });

/** More is said than there is room for while the far end hangs; what stands ready has to stay then. */
const crowd: fc.Arbitrary<Act[]> = fc
  .record({ node, keep })
  .map(({ node, keep }) => [
    { do: 'all-say', node, text: 'START' },
    { do: 'hear' },
    { do: 'all-say', node, text: 'COUNT' },
    { do: 'hear' },
    { do: 'plan', answers: ['hangs', 'hangs', 'hangs'] },
    { do: 'all-say', node, text: 'on' },
    { do: 'hear' },
    keep,
    { do: 'hear' },
    { do: 'release' },
  ]);

/** Any story of people, far ends and nodes. */
export const story: fc.Arbitrary<Act[]> = fc
  .array(fc.oneof({ weight: 12, arbitrary: act.map((one) => [one]) }, { weight: 1, arbitrary: crowd }), {
    minLength: 10,
    maxLength: 60,
    size: 'max',
  })
  .map((parts) => parts.flat());
