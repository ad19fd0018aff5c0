import { NOTHING_YET } from '../engine/statechart.ts';
import { keptValue, outcomeOf, type RunEvent, START } from '../engine/events.ts';
import { advance, type Passage, type Position, type Step } from '../engine/step.ts';
import type { Scalar } from '../engine/effects.ts';
import type { Beginning } from './beginnings.ts';
import {
  type Assumption,
  type Facts,
  type FactTable,
  type Fork,
  listFact,
  STOPPED,
  UNASKED,
} from './facts.ts';
import type { Ground } from './ground.ts';
import { eventOf, type Happening, isPlayable, isText } from './happenings.ts';
import { happeningsAt } from './happenings-at.ts';
import type { Note } from './notes.ts';
import type { Scene } from './scene.ts';
import { settle } from './settle.ts';
import { nobodyYet, type Standing } from './standing.ts';

/** One step a run can make, and what was seen on the way. */
export interface Move {
  to: Standing;
  /** What happened; null where the engine goes on by itself. */
  happening: Happening | null;
  passages: readonly Passage[];
  /** The names under which an answer was kept. */
  captures: readonly string[];
  notes: readonly Note[];
  assumed: readonly Assumption[];
  /** It takes something that no conversation can bring about, such as a spending limit. */
  doubtful: boolean;
}

/** Every step that can follow, the engine's own where one is under way, else whatever the outside may do. */
export function movesFrom(at: Standing, scene: Scene): Move[] {
  const { table } = scene;
  if (at.next) return stepped(at, null, at.next, at.answers, scene);
  return happeningsAt(at, scene).flatMap((happening) => {
    // What was asked for outside belongs to the text that was under way.
    const answers = happening.kind === 'answer' ? at.answers : isText(happening);
    switch (happening.kind) {
      case 'keyword': {
        if (happening.isVague && table.get(at.facts, STOPPED) === true) return [];
        const start = { ...nobodyYet(scene), facts: entering(at.facts, happening, scene) };
        return stepped(start, happening, eventOf(happening), answers, scene);
      }
      case 'order': {
        const start = { ...nobodyYet(scene), facts: ordered(at.facts, scene) };
        return stepped(start, happening, eventOf(happening), answers, scene);
      }
      case 'stop':
        return [stopping(at, happening, scene)];
      case 'comeback':
        return [
          { ...standingStill(at, happening), to: { ...at, facts: table.set(at.facts, STOPPED, false) } },
        ];
      case 'elsewhere': {
        const facts = table.set(at.facts, listFact(happening.list), happening.becomes);
        return [{ ...standingStill(at, happening), to: { ...at, facts } }];
      }
      case 'help':
        // Whoever is stopped gets the help text and nothing else.
        if (table.get(at.facts, STOPPED) === true) return [standingStill(at, happening)];
        return stepped(at, happening, eventOf(happening), answers, scene);
      default:
        return stepped(at, happening, eventOf(happening), answers, scene);
    }
  });
}

/** Nothing is begun with somebody who said STOP, and nobody has said anything. */
function ordered(facts: Facts, { table }: Scene): Facts {
  let fresh = table.clear(facts, (name) => name.startsWith('answers.'));
  for (const name of table.names) if (name.startsWith('run.')) fresh = table.set(fresh, name, null);
  return table.set(table.set(fresh, UNASKED, true), STOPPED, false);
}

/** A new run knows how it was started, and no answers. Whose number was not known before has no history. */
function entering(
  facts: Facts,
  { word, medium, language, known, isVague }: Beginning,
  { table }: Scene,
): Facts {
  let fresh = table.clear(facts, (name) => name.startsWith('run.') || name.startsWith('answers.'));
  const remember = (name: string, value: Scalar) => {
    fresh = table.set(fresh, name, value);
  };
  if (known === false) for (const [name, value] of historyOf(table)) remember(name, value);
  // Only words that mean something are answered after STOP.
  if (isVague) remember(STOPPED, false);
  remember(UNASKED, false);
  remember('run.keyword', word);
  remember('run.medium', medium);
  if (language !== null) remember(LANGUAGE, language);
  return fresh;
}

const LANGUAGE = 'contact.language';

/** What is known of somebody of whom nothing is known. */
const historyOf = ({ names }: FactTable): [string, Scalar][] =>
  names.flatMap((name): [string, Scalar][] => {
    if (name === STOPPED) return [[name, false]];
    if (name.startsWith('list ')) return [[name, 'none']];
    if (name.startsWith('age ')) return [[name, false]];
    return name.startsWith('contact.') && name !== 'contact.phone' ? [[name, null]] : [];
  });

/** STOP ends the run and revokes what was agreed to. Whoever starts from every state of consent needs no telling. */
function stopping(at: Standing, happening: Happening, { ground, person, table }: Scene): Move {
  let { facts } = at;
  if (person === 'newcomer') {
    facts = table.set(facts, STOPPED, true);
    for (const list of ground.lists) {
      const state = table.get(facts, listFact(list));
      if (state === 'confirmed' || state === 'pending') facts = table.set(facts, listFact(list), 'revoked');
    }
  }
  const node = at.node === START || outcomeOf(at.node) !== null ? at.node : '$stopped';
  return { ...standingStill(at, happening), to: { ...at, node, place: '', wake: null, facts } };
}

interface Arrival {
  fork: Fork;
  next: RunEvent | null;
  wake: number | null;
  notes: readonly Note[];
  forced: boolean;
}

/** Takes one event through the machine, and all it asks for through everything it can be answered with. */
function stepped(
  at: Standing,
  happening: Happening | null,
  event: RunEvent,
  answers: boolean,
  scene: Scene,
): Move[] {
  const { node, place } = at;
  const { ground } = scene;
  const spoken = speaking(happening, at.facts, scene);
  if (!spoken) return [];
  const step = advanced(ground, { node, place, context: NOTHING_YET }, event);
  if (typeof step === 'string') return [gaveUp(at, happening, step)];
  const { position, asked, passages, taken } = step;
  if (!taken) return happening ? [] : [stuck(at)];
  const captures = Object.keys(position.context.answers);
  const facts = heard(happening, capturing(spoken.facts, captures, event, scene), scene);
  const fork = { ...spoken, facts };
  let arrivals: Arrival[] = [{ fork, next: null, wake: null, notes: [], forced: false }];
  for (const { node: asking, request } of asked) {
    arrivals = arrivals.flatMap((arrival) =>
      settle(request, asking, arrival.fork, answers, scene).map((one) => ({
        fork: one.fork,
        next: one.next ?? arrival.next,
        wake: request.kind === 'wake' ? request.afterSeconds : arrival.wake,
        notes: one.note ? [...arrival.notes, one.note] : arrival.notes,
        forced: arrival.forced || (one.forced ?? false),
      })),
    );
  }
  const isUnplayable = happening !== null && !isPlayable(happening);
  return arrivals.map(({ fork, next, wake, notes, forced }) => ({
    to: {
      node: position.node,
      place: position.place,
      next,
      answers: answers && (next !== null || isBusy(position.node, ground)),
      facts: fork.facts,
      wake,
    },
    happening,
    passages,
    captures,
    notes,
    assumed: fork.assumed,
    doubtful: isUnplayable || forced || fork.assumed.some(({ sure }) => !sure),
  }));
}

/** What is only said in one of the flow's other languages is said by those who speak it. Null where this person does not. */
function speaking(happening: Happening | null, facts: Facts, { table, ground }: Scene): Fork | null {
  const language = happening?.kind === 'reply' ? happening.language : null;
  if (language === null) return { facts, assumed: [] };
  const known = table.get(facts, LANGUAGE);
  if (known === undefined)
    return {
      facts: table.set(facts, LANGUAGE, language),
      assumed: [{ fact: LANGUAGE, value: language, sure: true }],
    };
  const spoken = ground.compiled.language(known === null ? null : String(known));
  return spoken === language ? { facts, assumed: [] } : null;
}

/** Steps the machine, or says why that cannot be done: a round without a wait has no end. */
function advanced({ compiled }: Ground, position: Position, event: RunEvent): Step | string {
  try {
    return advance(compiled, position, event);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

const gaveUp = (at: Standing, happening: Happening | null, error: string): Move => ({
  ...standingStill(at, happening),
  to: { ...at, node: '$failed', place: '', next: null, answers: false, wake: null },
  notes: [{ do: 'failed', error }],
});

/** The engine leaves a run where nothing listens to its own answer. */
const stuck = (at: Standing): Move => ({
  ...standingStill(at, null),
  to: { ...at, next: null, answers: false, wake: null },
});

/** A happening that the machine hears nothing of. */
const standingStill = (at: Standing, happening: Happening | null): Move => ({
  to: at,
  happening,
  passages: [],
  captures: [],
  notes: [],
  assumed: [],
  doubtful: false,
});

/** Whoever gave an answer that was understood has said something. */
const heard = (happening: Happening | null, facts: Facts, { table }: Scene): Facts =>
  happening?.kind === 'reply' && happening.category !== 'other' ? table.set(facts, UNASKED, false) : facts;

const isBusy = (node: string, { parsed }: Ground): boolean => parsed.nodes.get(node)?.busy ?? false;

function capturing(facts: Facts, captures: readonly string[], event: RunEvent, { table }: Scene): Facts {
  let after = facts;
  for (const name of captures) after = table.set(after, `answers.${name}`, keptValue(event, name));
  return after;
}
