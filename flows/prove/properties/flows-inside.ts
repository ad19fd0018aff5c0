import { error, type Issue } from '../../definition/issue.ts';
import { drawnNode, type Embedded, embeddedIn } from '../../engine/flatten.ts';
import { definitionHash } from '../hash/definition-hash.ts';
import type { ProofWorld } from '../world.ts';
import { issuesOf, type Property } from './property.ts';

const OWNS = ['subflow.none', 'subflow.deep', 'subflow.broken'];

/** A flow inside another is a version that was published, word for word, and is not inside itself. */
export const flowsInside: Property = {
  id: 'flows-inside',
  promise: 'Every flow inside is published, and none runs inside itself.',
  severity: 'error',
  owns: OWNS,
  check(subject) {
    const { drawn, world } = subject.ground;
    return [...issuesOf(subject, OWNS), ...embeddedIn(drawn).flatMap((held) => wrongWith(held, world))];
  },
  unchecked: ({ published }, { drawn }) =>
    published || embeddedIn(drawn).length === 0
      ? null
      : 'Flows inside: whether they are published as they stand here.',
};

function wrongWith({ node, flow, definition, around }: Embedded, { flowId, published }: ProofWorld): Issue[] {
  const at = (code: string, sentence: string): Issue[] => [error(code, sentence, { node: drawnNode(node) })];
  if (flow.id === flowId)
    return at('subflow.recursive', 'This flow would run inside itself, without an end. Choose another one.');
  if (around.includes(flow.id))
    return at(
      'subflow.recursive',
      `“${flow.name}” would run inside itself, without an end. Choose another flow.`,
    );
  if (!published) return [];
  const version = published.find(({ id, version: number }) => id === flow.id && number === flow.version);
  if (!version)
    return at(
      'subflow.unpublished',
      `Version ${flow.version} of “${flow.name}” is not published here. Choose a flow that is.`,
    );
  if (definition === null || definitionHash(definition) === version.definitionHash) return [];
  return at(
    'subflow.changed',
    `What runs here is not version ${flow.version} of “${flow.name}” as it was published. Choose it anew.`,
  );
}
