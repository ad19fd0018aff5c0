import { NOTHING_YET } from '../engine/compile.ts';
import type { Scalar } from '../engine/effects.ts';
import type { BoundNode } from '../engine/node-kind.ts';
import { routeInbound } from '../engine/route-inbound.ts';
import type { ContactState, PublishedFlow, Run, SenderWorld } from '../engine/world.ts';
import type { Domains } from './domains.ts';
import { ANYBODY } from './script.ts';

/** A concrete text that means a category to a question. `text` is null where none is known, though the question listens to it. */
export interface ConcreteReply {
  category: string;
  text: string | null;
  value: Scalar;
}

/** Texts that are nobody's keyword and hardly anybody's answer. */
const ANYTHING = ['Blue', 'What is this?', 'Purple elephants', 'Qwxz 77'];

/**
 * The replies that a question can tell apart, each with a text that really gets there through routing, in the flow's first
 * language: one for every category, and one for every class of value that a condition tells apart.
 */
export function repliesTo(
  node: BoundNode,
  flow: PublishedFlow,
  world: SenderWorld,
  domains: Domains,
): ConcreteReply[] {
  if (!node.classify) return [];
  const language = flow.compiled.language(null);
  const examples = node.examples(language);
  const compared = node.sets.flatMap((variable) => domains.get(variable) ?? []);
  const texts = [
    ...Object.values(examples).flat(),
    ...node.words(language).flatMap(({ words }) => words),
    ...ANYTHING,
    ...compared.flatMap(({ tried }) => tried.flatMap((value) => (value === null ? [] : [String(value)]))),
  ];
  const found = new Map<string, ConcreteReply>();
  const contact = waitingAt(node.id, flow);
  const facts = { now: 0, phone: contact.phone };
  for (const text of new Set(texts)) {
    const destination = routeInbound(text, contact, world, facts);
    if (destination.to !== 'run') continue;
    const { category, value } = destination.classified;
    const classes = compared.map((domain) => domain.classOf(value));
    const key = [category, ...classes].join(' ');
    if (!found.has(key)) found.set(key, { category, text, value });
  }
  const known = new Set([...found.values()].map(({ category }) => category));
  const worded = new Set(node.words(language).flatMap(({ id, words }) => (words.length > 0 ? [id] : [])));
  const unheard = Object.keys(examples).filter((category) => !known.has(category) && !worded.has(category));
  return [...found.values(), ...unheard.map((category) => ({ category, text: null, value: null }))];
}

/** Somebody whom this step has asked. */
function waitingAt(node: string, flow: PublishedFlow): ContactState {
  const run: Run = {
    id: 'asked',
    flow,
    position: { node, place: '', context: NOTHING_YET },
    seq: 0,
    status: 'active',
    outcome: null,
    wakeAt: null,
    startedAt: 0,
    entry: { keyword: null, medium: null, rest: null },
  };
  return {
    phone: ANYBODY,
    known: true,
    language: null,
    fields: {},
    stopped: false,
    consents: {},
    arms: {},
    runs: [run],
  };
}
