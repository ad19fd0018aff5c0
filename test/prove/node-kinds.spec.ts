import { expect, test } from '@jest/globals';
import { explore } from '#flows/prove/explore.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { NODE_KINDS } from '#flows/registry.ts';
import { end, parsed } from './draw.ts';

const kinds = NODE_KINDS.filter(({ passive }) => !passive).map((kind) => [kind.kind, kind] as const);

/** A flow of one step as it is dropped on the canvas, every way out leading to an end. */
function alone({ kind, initial }: (typeof kinds)[number][1]) {
  const nodes = { it: [kind, Object(initial())] as const, done: end };
  const ports =
    parsed({ nodes, edges: [] })
      .nodes.get('it')
      ?.ports.map(({ id }) => id) ?? [];
  return { ports, flow: parsed({ nodes, edges: ports.map((port) => `it.${port} > done`) }) };
}

test.each(kinds)('a step of the kind %s is explored through every way out', (_, kind) => {
  const { flow, ports } = alone(kind);
  const { covered, findings } = prove(flow, proofWorld());
  // A flow that was only dropped here sends nothing, so nothing can go wrong with it.
  const possible = kind.kind === 'subflow' ? ['done'] : ports;
  expect(possible.filter((port) => !covered.passages.has(`it.${port}`))).toEqual([]);
  expect(findings.filter(({ code }) => code === 'wait.stuck' || code === 'line.never')).toEqual([]);
});

test.each(kinds)('a step of the kind %s leaves no run with a request that nobody settles', (_, kind) => {
  const { states, leaving } = explore(groundOf(alone(kind).flow, proofWorld()));
  const open = states.filter(({ id, next }) => next && leaving[id]?.length === 0);
  expect(open.map(({ node, place, next }) => `${node} ${place} ${next?.type}`)).toEqual([]);
});
