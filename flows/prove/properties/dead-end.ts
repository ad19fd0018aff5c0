import { error, type Issue } from '../../definition/issue.ts';
import { outcomeOf, START } from '../../engine/events.ts';
import type { Edge, State } from '../explore.ts';
import type { Subject } from '../subject.ts';
import { passed, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, shownBy } from './property.ts';

const OWNS = ['start.none', 'start.unknown', 'edge.unknown-step', 'edge.unknown-port', 'port.open'];

/** A way out that must lead somewhere does, whatever reply, outcome of an effect or lapse of time takes it; and no run waits for what cannot come. */
export const deadEnd: Property = {
  id: 'dead-end',
  promise: 'Every conversation that begins comes to an end.',
  severity: 'error',
  owns: OWNS,
  isBrokenForGood: true,
  *check(subject) {
    const drawn = issuesOf(subject, OWNS);
    const places = new Set(drawn.map(({ place }) => `${place.node} ${place.port}`));
    for (const issue of [...drawn, ...unfinished(subject, places)]) yield shown(issue, subject);
    yield* stuck(subject);
  },
};

function shown(issue: Issue, { exploration }: Subject): Found {
  const { node, port } = issue.place;
  if (node === undefined || port === undefined) return issue;
  const wanted = ({ passages }: Edge): boolean =>
    passages.some(({ from, port: by, to }) => to === '$dead-end' && from === node && by === port);
  const shows = witnessOf(
    exploration,
    { wanted },
    (rehearsal) => passed(rehearsal, node, port) && rehearsal.run?.outcome === 'dead-end',
  );
  return shownBy(issue, shows);
}

/** Lines to a step that cannot be read. */
function unfinished({ exploration, ground }: Subject, known: ReadonlySet<string>): Issue[] {
  const found = new Map<string, Issue>();
  for (const { passages } of exploration.edges) {
    for (const { from, port, to } of passages) {
      const key = `${from} ${port}`;
      if (to !== '$dead-end' || from === START || known.has(key) || found.has(key)) continue;
      const sentence = `${ground.drawing.name(from)} leads to a step that is not finished, and the conversation breaks off.`;
      found.set(key, error('dead-end', sentence, { node: from, port }));
    }
  }
  return [...found.values()];
}

/** What can always happen, and takes nobody on. */
const LEADS_NOWHERE: readonly string[] = ['stop', 'undelivered', 'comeback', 'elsewhere'];

/** Runs that rest where nothing they listen to can happen. */
function stuck({ ground, exploration }: Subject): Found[] {
  const found = new Map<string, State>();
  for (const state of exploration.states) {
    const { id, node, next, explored } = state;
    if (!explored || next || node === START || outcomeOf(node) !== null || found.has(node)) continue;
    const onward = exploration.leaving[id] ?? [];
    if (onward.every(({ happening }) => happening && LEADS_NOWHERE.includes(happening.kind)))
      found.set(node, state);
  }
  return [...found].map(([node, { id, place }]) => {
    const sentence = `Whoever comes to ${ground.drawing.name(node)} waits there for ever: nothing that can happen leads on.`;
    const shows = witnessOf(
      exploration,
      { wanted: ({ to }) => to === id },
      ({ run }) => run?.position.node === node && run.position.place === place && run.wakeAt === null,
    );
    return shownBy(error('wait.stuck', sentence, { node }), shows);
  });
}
