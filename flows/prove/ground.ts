import { type Drawing, drawingOf } from '../definition/inspections/drawing.ts';
import type { ParsedFlow } from '../definition/parse.ts';
import type { Definition, Trigger } from '../definition/schema.ts';
import { compile, type CompiledFlow } from '../engine/compile.ts';
import { flatten } from '../engine/flatten.ts';
import type { PublishedFlow, SenderWorld } from '../engine/world.ts';
import { factsAhead } from './ahead.ts';
import { type ConcreteReply, repliesTo } from './alphabet.ts';
import { type Beginning, beginningsOf } from './beginnings.ts';
import { domainsOf, type Domains } from './domains.ts';
import { type Happening, happeningsOf } from './happenings.ts';
import { policiesOf, type ProofWorld, senderFor, senderWorldOf } from './world.ts';

/** Everything a proof looks up about one flow in one world, worked out once. */
export interface Ground {
  /** As it was drawn. */
  drawn: ParsedFlow;
  /** As it runs. */
  parsed: ParsedFlow;
  world: ProofWorld;
  drawing: Drawing;
  compiled: CompiledFlow;
  /** The flow as it would run, were it published. */
  flow: PublishedFlow;
  /** The engine's world of the sender that people text. */
  sender: SenderWorld;
  /** The lists the flow touches. */
  lists: ReadonlySet<string>;
  /** The ages that those are for which are not for everybody. */
  ages: ReadonlyMap<string, number>;
  domains: Domains;
  ahead: ReadonlyMap<string, readonly string[]>;
  /** The ways in by a text. */
  beginnings: readonly Beginning[];
  /** A campaign or the API begins it as well, with people who have not texted. */
  isOrdered: boolean;
  /** What can happen to a run that rests at a node, by node and place. */
  happenings: (node: string, place: string) => readonly Happening[];
  /** The texts that mean something to a question. */
  replies: (node: string) => readonly ConcreteReply[];
}

/** What a flow begins with while it is explored and nothing of its own starts it. */
const ANY_KEYWORD: Trigger = { kind: 'keyword', words: ['BEGIN'], match: 'exact', sender: '*' };

/** The ground of a flow as it runs: flows that steps hold are laid out inside. */
export function groundOf(drawn: ParsedFlow, world: ProofWorld): Ground {
  const parsed = { ...drawn, ...flatten(drawn) };
  const definition = startable(parsed.definition);
  const drawing = drawingOf({ ...parsed, definition });
  const compiled = compile(definition, parsed.nodes);
  const flow = { flowId: 'this', versionId: 'this-1', version: 1, compiled };
  const lists = listsOf(drawing);
  const sender = senderWorldOf(world, flow, policiesOf(world, lists), senderFor(world, definition.triggers));
  const ages = agesOf(lists, sender);
  const domains = domainsOf(drawing.outlines.values());
  const replies = remembered((node) => {
    const bound = parsed.nodes.get(node);
    return bound ? repliesTo(bound, flow, sender, domains) : [];
  });
  const places = remembered((node) => {
    const bound = parsed.nodes.get(node);
    return bound ? happeningsOf(bound, replies(node), domains) : new Map<string, readonly Happening[]>();
  });
  return {
    drawn,
    parsed,
    world,
    drawing,
    compiled,
    flow,
    sender,
    lists,
    ages,
    domains,
    ahead: factsAhead(drawing, domains, ages),
    replies,
    beginnings: beginningsOf(
      parsed.definition.triggers.length > 0 ? parsed.definition.triggers : definition.triggers,
      sender,
    ),
    isOrdered: world.ordered ?? parsed.definition.triggers.length === 0,
    happenings: (node, place) => places(node).get(place) ?? [],
  };
}

/** A flow is explored in its time. Whoever it is meant for, its keywords stand in nobody's way while it is played. */
function startable(definition: Definition): Definition {
  const triggers = definition.triggers.map(
    ({ from: _from, until: _until, known: _known, ...trigger }) => trigger,
  );
  return { ...definition, triggers: triggers.length > 0 ? triggers : [ANY_KEYWORD] };
}

function listsOf({ outlines }: Drawing): Set<string> {
  const lists = new Set<string>();
  for (const { requests } of outlines.values()) {
    for (const { request } of requests) {
      if ('list' in request && request.list !== undefined) lists.add(request.list);
    }
  }
  return lists;
}

function agesOf(lists: ReadonlySet<string>, { lists: policies }: SenderWorld): Map<string, number> {
  return new Map(
    [...lists].flatMap((list) => {
      const years = policies.get(list)?.minimumAge;
      return years == null ? [] : [[list, years] as const];
    }),
  );
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}
