import { NOTHING_YET } from '../engine/statechart.ts';
import type { Scalar } from '../engine/effects.ts';
import type { BoundNode } from '../engine/node-kind.ts';
import { routeInbound } from '../engine/route-inbound.ts';
import type { ContactState, PublishedFlow, Run, SenderWorld } from '../engine/world.ts';
import type { Domains } from './domains.ts';

/** A concrete text that means a category to a question. `text` is null where none is known, though the question listens to it. */
export interface ConcreteReply {
  category: string;
  text: string | null;
  value: Scalar;
  /** What comes along with it. */
  media: readonly string[];
  /** The one of the flow's languages that has to be spoken for that; null where the first will do. */
  language: string | null;
}

/** Somebody's number that is nobody's. */
export const ANYBODY = '+12025550123';

/** Texts that are nobody's keyword and hardly anybody's answer. */
export const ANYTHING = ['Blue', 'What is this?', 'Purple elephants', 'Qwxz 77'];

/** The address of a picture. */
const PICTURE = 'https://example.com/picture.jpg';

/**
 * The replies that a question can tell apart, each with a text that really gets there through routing, in the first of the flow's
 * languages that has one, or a picture: one for every category, and one for every class of value that a condition tells apart.
 */
export function repliesTo(
  node: BoundNode,
  flow: PublishedFlow,
  world: SenderWorld,
  domains: Domains,
): ConcreteReply[] {
  if (!node.classify) return [];
  const [base = 'en', ...others] = flow.compiled.definition.languages;
  const compared = node.sets.flatMap((variable) => domains.get(variable) ?? []);
  const values = compared.flatMap(({ tried }) =>
    tried.flatMap((value) => (value === null ? [] : [String(value)])),
  );
  const found = new Map<string, ConcreteReply>();
  const hear = (text: string, media: readonly string[], language: string | null) => {
    const contact = somebody(language, [runAt(node.id, flow)]);
    const destination = routeInbound(text, contact, world, { now: 0, phone: contact.phone, media });
    if (destination.to !== 'run') return;
    const { category, value } = destination.classified;
    const classes = compared.map((domain) => domain.classOf(value));
    const key = [category, ...classes].join(' ');
    if (!found.has(key)) found.set(key, { category, text, value, media, language });
  };
  const wordsIn = (language: string): string[] => [
    ...Object.values(node.examples(language)).flat(),
    ...node.words(language).flatMap(({ words }) => words),
  ];
  for (const text of new Set([...wordsIn(base), ...ANYTHING, ...values])) hear(text, [], null);
  for (const language of others) for (const text of new Set(wordsIn(language))) hear(text, [], language);
  hear('', [PICTURE], null);

  const known = new Set([...found.values()].map(({ category }) => category));
  const worded = new Set(node.words(base).flatMap(({ id, words }) => (words.length > 0 ? [id] : [])));
  const unheard = Object.keys(node.examples(base)).filter(
    (category) => !known.has(category) && !worded.has(category),
  );
  return [
    ...found.values(),
    ...unheard.map((category) => ({ category, text: null, value: null, media: [], language: null })),
  ];
}

/** Somebody, and the runs that wait for them. */
export const somebody = (language: string | null = null, runs: Run[] = []): ContactState => ({
  phone: ANYBODY,
  known: runs.length > 0,
  language,
  fields: {},
  stopped: false,
  consents: {},
  arms: {},
  runs,
});

/** A run in which this step has asked. */
const runAt = (node: string, flow: PublishedFlow): Run => ({
  id: 'asked',
  flow,
  position: { node, place: '', context: NOTHING_YET },
  seq: 0,
  status: 'active',
  outcome: null,
  wakeAt: null,
  startedAt: 0,
  entry: { keyword: null, medium: null, rest: null },
});
