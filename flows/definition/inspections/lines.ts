import { error, type Issue, warning } from '../issue.ts';
import type { Drawing } from './drawing.ts';

/** Whether every line starts and ends somewhere, every way out that must go on does, and every step can be come to. */
export function inspectLines(drawing: Drawing): Issue[] {
  return [...start(drawing), ...lines(drawing), ...openPorts(drawing), ...unreachable(drawing)];
}

function start({ definition, nodes: bound }: Drawing): Issue[] {
  const { start: first, nodes } = definition;
  if (first === null) {
    return [error('start.none', 'Nothing happens yet. Say which step comes first.', { path: 'start' })];
  }
  if (bound.get(first)?.passive) {
    const sentence = 'A note cannot come first: it is only a remark. Say which step does.';
    return [error('start.note', sentence, { node: first })];
  }
  if (nodes.some(({ id }) => id === first)) return [];
  return [error('start.unknown', 'The first step is no longer there. Choose another.', { path: 'start' })];
}

function lines({ definition, nodes, name }: Drawing): Issue[] {
  const existing = new Set(definition.nodes.map(({ id }) => id));
  const taken = new Set<string>();
  return definition.edges.flatMap(({ from, port, to }, at): Issue[] => {
    if (!existing.has(from)) {
      const sentence = 'A line starts at a step that is no longer there. Remove the line.';
      return [error('edge.unknown-step', sentence, { path: `edges.${at}` })];
    }
    const place = { node: from, port };
    const issues: Issue[] = [];
    if (!existing.has(to)) {
      const sentence = `A line from ${name(from)} leads to a step that is no longer there. Draw it again.`;
      issues.push(error('edge.unknown-step', sentence, place));
    }
    if (nodes.get(to)?.passive) {
      const sentence = `A line from ${name(from)} leads to a note, which is only a remark. Draw it to a step.`;
      issues.push(error('edge.note', sentence, place));
    }
    const node = nodes.get(from);
    if (node && !node.ports.some(({ id }) => id === port)) {
      const sentence = `A line leaves ${name(from)} by “${port}”, which it does not have. Remove the line, or draw it from another way out.`;
      issues.push(error('edge.unknown-port', sentence, place));
    }
    const key = `${from} ${port}`;
    if (taken.has(key)) {
      const label = node?.ports.find(({ id }) => id === port)?.label ?? port;
      issues.push(error('port.twice', `Two lines leave ${name(from)} by “${label}”. Keep one.`, place));
    }
    taken.add(key);
    return issues;
  });
}

function openPorts({ nodes, leaving, reachable, name }: Drawing): Issue[] {
  return [...nodes.values()]
    .filter(({ id }) => reachable.has(id))
    .flatMap((node) =>
      node.ports
        .filter(({ required, id }) => required && !leaving.get(node.id)?.some(({ port }) => port === id))
        .map(({ id, label }) =>
          error(
            'port.open',
            `“${label}” of ${name(node.id)} leads nowhere. Draw a line to what happens then, or to an End.`,
            { node: node.id, port: id },
          ),
        ),
    );
}

function unreachable({ definition, nodes, reachable, name }: Drawing): Issue[] {
  return definition.nodes
    .filter(({ id }) => !reachable.has(id) && !nodes.get(id)?.passive)
    .map(({ id }) =>
      warning('node.unreachable', `Nobody ever comes to ${name(id)}. Draw a line to it, or remove it.`, {
        node: id,
      }),
    );
}
