import * as fc from '../../../support/properties.ts';

/** How many people there are, nodes, and senders, each on a gateway of its own. */
export const [PEOPLE, NODES, SENDERS] = [4, 2, 2];

/** What the far end does with a request; `hangs`: nothing, until it is told to. */
export type Answer = 'takes' | 'fails' | 'throttles' | 'cuts' | 'hangs';
/** A pace of senders, or of an operator. */
export type Limit = 'none' | 'pace' | 'operator';

/** Something that happens. `pass`: a while goes by; `break`: all connections to the database end. */
export type Act =
  | { do: 'says'; person: number; node: number; sender: number; text: string }
  | { do: 'order'; person: number; node: number; sender: number }
  | { do: 'plan'; answers: Answer[] }
  | { do: 'release' | 'tick' | 'wait' | 'pass' | 'break' }
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

/** Any story of people, far ends and nodes. */
export const story: fc.Arbitrary<Act[]> = fc.array(act, { minLength: 10, maxLength: 60, size: 'max' });
