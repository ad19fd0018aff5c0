import { error, type Issue } from '../../definition/issue.ts';
import { outcomeOf, START } from '../../engine/events.ts';
import type { Edge, State } from '../explore.ts';
import { pathTo, shortest } from '../paths.ts';
import { passed, witness } from '../witness.ts';
import { type Found, issuesOf, type Property, type Subject } from './property.ts';

const OWNS = ['start.none', 'start.unknown', 'edge.unknown-step', 'edge.unknown-port', 'port.open'];

/** A way out that must lead somewhere does, whatever reply, outcome of an effect or lapse of time takes it; and no run waits for what cannot come. */
export const deadEnd: Property = {
  id: 'dead-end',
  promise: 'Every conversation that begins comes to an end.',
  severity: 'error',
  owns: OWNS,
  check(subject) {
    const drawn = issuesOf(subject, OWNS).map((issue) => shown(issue, subject));
    const places = new Set(drawn.map(({ place }) => `${place.node} ${place.port}`));
    return [...drawn, ...deadEnds(subject, places), ...stuck(subject)];
  },
};

function shown(issue: Issue, subject: Subject): Found {
  const { node, port } = issue.place;
  if (node === undefined || port === undefined) return issue;
  const { ground, exploration } = subject;
  const edge = shortest(exploration, endingAt(subject, node, port));
  if (!edge) return issue;
  const shows = witness(
    ground,
    exploration,
    pathTo(exploration, edge),
    (rehearsal) => passed(rehearsal, node, port) && rehearsal.run?.outcome === 'dead-end',
  );
  return { ...issue, witness: shows };
}

const endingAt = ({ exploration }: Subject, node: string, port: string): Edge[] =>
  exploration.edges.filter(({ passages }) =>
    passages.some((passage) => passage.to === '$dead-end' && passage.from === node && passage.port === port),
  );

/** Lines to a step that cannot be read. */
function deadEnds(subject: Subject, known: ReadonlySet<string>): Found[] {
  const found = new Map<string, Issue>();
  for (const { passages } of subject.exploration.edges) {
    for (const { from, port, to } of passages) {
      const key = `${from} ${port}`;
      if (to !== '$dead-end' || from === START || known.has(key) || found.has(key)) continue;
      const sentence = `${subject.ground.drawing.name(from)} leads to a step that is not finished, and the conversation breaks off.`;
      found.set(key, error('dead-end', sentence, { node: from, port }));
    }
  }
  return [...found.values()].map((issue) => shown(issue, subject));
}

/** What can always happen, and takes nobody on. */
const LEADS_NOWHERE: readonly string[] = ['stop', 'undelivered', 'comeback'];

/** Runs that rest where nothing they listen to can happen. */
function stuck({ ground, exploration }: Subject): Found[] {
  const found = new Map<string, State>();
  for (const state of exploration.states) {
    const { id, node, next } = state;
    if (next || node === START || outcomeOf(node) !== null || found.has(node)) continue;
    const onward = exploration.leaving[id] ?? [];
    if (onward.every(({ happening }) => happening !== null && LEADS_NOWHERE.includes(happening.kind))) {
      found.set(node, state);
    }
  }
  return [...found].flatMap(([node, { via, place }]) => {
    const edge = exploration.edges[via];
    if (!edge) return [];
    const sentence = `Whoever comes to ${ground.drawing.name(node)} waits there for ever: nothing that can happen leads on.`;
    const shows = witness(
      ground,
      exploration,
      pathTo(exploration, edge),
      ({ run }) => run?.position.node === node && run.position.place === place && run.wakeAt === null,
    );
    return [{ ...error('wait.stuck', sentence, { node }), witness: shows }];
  });
}
