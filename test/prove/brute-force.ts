import { decide } from '#flows/engine/decide.ts';
import {
  type ConsentState,
  LATER_OUTCOMES,
  type Scalar,
  TRANSACTION_OUTCOMES,
  type TransactionOutcome,
  type TransactionRequest,
} from '#flows/engine/effects.ts';
import type { OpenCall } from '#flows/engine/phone.ts';
import type {
  ContactState,
  Decision,
  Happening,
  PublishedFlow,
  Run,
  SenderWorld,
} from '#flows/engine/world.ts';
import { stranger } from '../support/phone-stage.ts';

/** What can be seen of a flow from outside, over all conversations. */
export interface Seen {
  /** "node.port > node". */
  passages: Set<string>;
  /** Where runs rest, as "node place". */
  rests: Set<string>;
  /** Where runs end, as "$ended". */
  ends: Set<string>;
  /** Texts that were held back, as "node". */
  heldBack: Set<string>;
}

const STRANGE = 'Qwxz 77';

/** What people text, besides the words that the flow compares. */
const TEXTS = [
  'YES',
  'NO',
  'Paris',
  'Rome',
  'GO on',
  '10',
  '8',
  '7',
  '5',
  '3',
  '0',
  STRANGE,
  'HELP',
  'STOP',
  'START',
];
const STATES: readonly ConsentState[] = ['none', 'pending', 'confirmed', 'revoked'];

interface World {
  contact: ContactState;
  contests: Readonly<Record<string, 'in' | 'over'>>;
  /** What was asked of the outside last. */
  call: OpenCall | null;
}

/** What the person is by nature: which facts matter to the flow is for the caller to say. */
export interface Varied {
  lists: readonly string[];
  /** Some of the lists are for people of 18. */
  ages: boolean;
  city: boolean;
  /** The words that the flow compares. */
  words: readonly string[];
  arms: readonly string[];
  tags: boolean;
  /** The flow that a campaign or the API begins too; null where only texts begin one. */
  ordered: PublishedFlow | null;
}

/** What the outside may tell. */
const VALUES: readonly Scalar[] = [null, STRANGE, 0, 3, 5, 8, 9];

/**
 * Tries everything on a flow with whole people and the whole engine, no abstraction anywhere: every kind of person, every text in
 * every state, every outcome, and every list joined and left by other ways meanwhile. Null when that takes more than `most` tries.
 */
export function bruteForce(sender: SenderWorld, varied: Varied, most: number): Seen | null {
  const seen: Seen = { passages: new Set(), rests: new Set(), ends: new Set(), heldBack: new Set() };
  const known = new Set<string>();
  const queue: World[] = [];
  const come = (world: World) => {
    const key = fingerprint(world);
    if (known.has(key)) return;
    known.add(key);
    queue.push(world);
  };
  const texts = [...new Set([...TEXTS, ...sayings(varied.words)])];
  const everybody = people(varied);
  let tried = everybody.length;
  if (tried > most) return null;
  const { ordered } = varied;
  const begins: Happening[] = [
    { kind: 'message', text: 'GO', at: 0 },
    ...(ordered ? [{ kind: 'start', flow: ordered, at: 0 } as const] : []),
  ];
  for (const contact of everybody) {
    for (const begin of begins) {
      for (const next of outcomesOf(begin, { contact, contests: {}, call: null }, sender, seen)) come(next);
    }
  }
  for (const world of queue) {
    const [run] = world.contact.runs;
    if (!run || run.status === 'ended') continue;
    tried += texts.length;
    if (tried > most) return null;
    for (const text of texts) {
      for (const next of outcomesOf({ kind: 'message', text, at: 0 }, world, sender, seen)) come(next);
    }
    for (const list of varied.lists) {
      for (const state of ['confirmed', 'revoked'] as const) {
        const contact = copyOf(world.contact);
        contact.consents[list] = { state, because: 'person' };
        come({ ...world, contact });
      }
    }
    for (const happening of [...fromOutside(run, world), ...wakes(run)]) {
      for (const next of outcomesOf(happening, world, sender, seen)) come(next);
    }
  }
  return seen;
}

const wakes = ({ id, seq, wakeAt }: Run): Happening[] =>
  wakeAt === null ? [] : [{ kind: 'wake', runId: id, seq, at: 0 }];

/** Whatever the outside may answer or tell of its own accord. */
function fromOutside({ id, seq, flow, position }: Run, { call }: World): Happening[] {
  const events = ['paid', 'sent'].flatMap((name) =>
    VALUES.map((value): Happening => ({ kind: 'event', name, key: null, value, at: 0 })),
  );
  const isAwaited = flow.compiled.nodes.get(position.node)?.busy || position.place === 'sent';
  if (!call || !isAwaited) return events;
  const { message } = call;
  const { kind: effect } = call.call;
  const answers = LATER_OUTCOMES[effect].flatMap((outcome) =>
    VALUES.map(
      (score): Happening => ({
        kind: 'answer',
        runId: id,
        seq,
        effect,
        outcome,
        values: { score },
        message,
        at: 0,
      }),
    ),
  );
  return [...events, ...answers];
}

/** Every order of some of these words, alone, with something before, and with something behind. */
function sayings(words: readonly string[]): string[] {
  const orders = (rest: readonly string[]): string[][] => [
    [],
    ...rest.flatMap((word) => orders(rest.filter((other) => other !== word)).map((more) => [word, ...more])),
  ];
  return orders(words)
    .filter((order) => order.length > 0)
    .map((order) => order.join(' '))
    .flatMap((text) => [text, `${text} ${STRANGE}`, `${STRANGE} ${text}`]);
}

function people({ lists, ages, city, words, arms, tags }: Varied): ContactState[] {
  let all: ContactState[] = [stranger()];
  const vary = <Value>(values: readonly Value[], change: (one: ContactState, value: Value) => void) => {
    all = all.flatMap((one) =>
      values.map((value) => {
        const other = copyOf(one);
        change(other, value);
        return other;
      }),
    );
  };
  vary([false, true], (one, stopped) => {
    one.stopped = stopped;
  });
  for (const list of lists) {
    vary(STATES, (one, state) => {
      one.consents[list] = { state, because: 'import' };
    });
  }
  if (ages) {
    vary<NonNullable<ContactState['ages']>>([{}, { 18: 'confirmed' }, { 21: 'confirmed' }], (one, known) => {
      one.ages = known;
    });
  }
  if (city) {
    vary<Scalar>([null, STRANGE, ...sayings(words)], (one, value) => {
      if (value !== null) one.fields.city = value;
    });
  }
  if (tags) {
    vary<readonly string[]>([[], ['vip'], ['gold', 'vip'], ['gold']], (one, value) => {
      one.tags = value;
    });
  }
  if (arms.length > 0) {
    vary(arms, (one, arm) => {
      one.arms.test = arm;
    });
  }
  return all;
}

const copyOf = (contact: ContactState): ContactState => ({
  ...contact,
  fields: { ...contact.fields },
  consents: { ...contact.consents },
  arms: { ...contact.arms },
  ages: { ...contact.ages },
  runs: contact.runs.map((run) => ({ ...run })),
});

/**
 * Decides a happening once for every sequence of answers the shell could give. What was asked before, of the same person in the same
 * place, had every answer tried then: one is enough to see how it goes on, and where it went round, the one that leads round again.
 */
function outcomesOf(happening: Happening, before: World, sender: SenderWorld, seen: Seen): World[] {
  const results: World[] = [];
  const asked = new Set<string>();
  const open: TransactionOutcome[][] = [[]];
  for (const given of open) {
    const contact = copyOf(before.contact);
    const contests = { ...before.contests };
    const deciding = decide(happening, contact, sender, { newId: () => 'run' });
    let turn = deciding.next();
    const turns: string[] = [];
    let isComplete = true;
    while (!turn.done) {
      const contest = turn.value.kind === 'enter-contest' ? turn.value.contest : null;
      const here = asking({ contact, contests, call: before.call }, turn.value);
      const answer = given[turns.length];
      if (answer === undefined) {
        const outcomes: readonly TransactionOutcome[] =
          contest === null ? TRANSACTION_OUTCOMES[turn.value.kind] : possible(contests[contest]);
        const round = given[turns.indexOf(here)];
        const one = round === undefined ? outcomes.slice(0, 1) : [round];
        for (const outcome of asked.has(here) ? one : outcomes) open.push([...given, outcome]);
        asked.add(here);
        isComplete = false;
        break;
      }
      turns.push(here);
      if (contest !== null) contests[contest] = answer === 'closed' ? 'over' : 'in';
      turn = deciding.next({ outcome: answer });
    }
    if (!isComplete || !turn.done) continue;
    note(turn.value, contact.runs[0], seen);
    const calling = turn.value.effects.findLast((effect) => effect.kind === 'call');
    results.push({ contact, contests, call: calling ?? before.call });
  }
  return results;
}

/** What is asked, and of whom: their whole position too, with all that the run remembers. */
const asking = (world: World, request: TransactionRequest): string =>
  JSON.stringify([fingerprint(world), world.contact.runs.map(({ position }) => position), request]);

const possible = (contest: 'in' | 'over' | undefined): readonly TransactionOutcome[] =>
  contest === 'over'
    ? ['closed']
    : contest === 'in'
      ? ['already', 'closed']
      : ['entered', 'already', 'closed'];

function note({ trails }: Decision, run: Run | undefined, seen: Seen): void {
  for (const step of trails.flatMap(({ steps }) => steps)) {
    if (step.do === 'pass') seen.passages.add(`${step.from}.${step.port} > ${step.to}`);
    if (step.do === 'suppressed') seen.heldBack.add(step.node);
  }
  if (!run) return;
  const { node, place } = run.position;
  if (run.status === 'ended') seen.ends.add(node);
  else seen.rests.add(`${node} ${place}`);
}

function fingerprint({ contact, contests, call }: World): string {
  const { fields, stopped, consents, arms, ages, tags, runs } = contact;
  const [run] = runs;
  const { node, place, context } = run?.position ?? {};
  return JSON.stringify([
    fields,
    stopped,
    Object.entries(consents).map(([list, { state }]) => [list, state]),
    arms,
    ages,
    tags,
    contests,
    [call?.call.kind, call?.message === null],
    node,
    place,
    context?.answers,
  ]);
}
