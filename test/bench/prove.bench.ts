import { costOf } from '#flows/prove/cost.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { ProofMemory } from '#flows/prove/memory.ts';
import { prove } from '#flows/prove/prove.ts';
import { subjectOf } from '#flows/prove/subject.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { bigFlow } from '../prove/big-flow.ts';
import { parsed, read, say, type Sketch } from '../prove/draw.ts';
import type { Bench, Column, Row } from './bench.ts';

const COLUMNS: readonly Column[] = [
  { key: 'cpu', title: 'CPU ms', digits: 0, cost: true },
  { key: 'states', title: 'states', digits: 0 },
  { key: 'steps', title: 'steps', digits: 0 },
];
/** Every round begins with a flow that nobody has seen; the best counts. */
const ROUNDS = 4;
/** An editor proves on every edit, so a flow of this size has to be explored in so many milliseconds of one core. */
const BIG = { nodes: 300, limit: 1_000 };

const lists = Object.fromEntries([0, 1, 2].map((n) => [`list-${n}`, { optIn: 'single' } as const]));
const WORLD = proofWorld({ lists, otherFlows: [] });

export const proveBench: Bench = {
  name: 'prove',
  summary: 'proofs: the templates, and flows of 300 and 1,000 steps with loops',
  run: async () => {
    const templates = TEMPLATES.map(({ definition }) => read(definition));
    const explored = row(`explored: ${BIG.nodes} steps with loops`, () => explore(BIG.nodes));
    const cpu = explored.figures.cpu ?? 0;
    const proved = row(`proved: ${BIG.nodes} steps with loops`, () =>
      sizeOf(prove(parsed(bigFlow(BIG.nodes)), WORLD)),
    );
    const edits = EDITS.map(([name, edit]) => edited(name, edit));
    const most = Math.max(...edits.map(({ figures }) => (figures.cpu ?? 0) / (proved.figures.cpu ?? 1)));
    return {
      title: 'Proofs: from a drawing to a certificate',
      columns: COLUMNS,
      rows: [
        row('proved: the five templates', () =>
          templates
            .map((flow) => prove(flow, WORLD))
            .map(sizeOf)
            .reduce(sum),
        ),
        explored,
        proved,
        ...edits,
        row('explored: 1,000 steps with loops', () => explore(1_000)),
        row('counted: what 100 steps can cost', () => {
          costOf(parsed(bigFlow(100)), WORLD);
          return { states: 0, steps: 0 };
        }),
      ],
      notes: [
        `The best of ${ROUNDS} rounds, each with a flow that is compiled anew.`,
        `In the editor, where the proof before is remembered, an edit costs at most ${(100 * most).toFixed(0)} % of a first proof.`,
      ],
      wrong: cpu > BIG.limit ? [`${BIG.nodes} steps took ${Math.round(cpu)} ms to explore.`] : [],
    };
  },
};

/** What an author does between two proofs: other words, and a line that leads elsewhere. */
const EDITS: readonly (readonly [name: string, edit: (flow: Sketch, round: number) => Sketch])[] = [
  [
    'other words',
    (flow, round) => ({
      ...flow,
      nodes: { ...flow.nodes, [`more-${round}`]: say(`Edit ${round}.`, { purpose: 'service' }) },
    }),
  ],
  [
    'a line elsewhere',
    (flow, round) => ({
      ...flow,
      edges: flow.edges.map((line) =>
        line.startsWith(`ask-${round + 9}.timeout`) ? `ask-${round + 9}.timeout > done` : line,
      ),
    }),
  ],
];

/** The same flow proved again after an edit, with what the proof before has left behind. */
function edited(name: string, edit: (flow: Sketch, round: number) => Sketch): Row {
  const memory = new ProofMemory();
  const flow = bigFlow(BIG.nodes);
  prove(parsed(flow), WORLD, { memory });
  let round = 0;
  return row(`proved again: ${name}`, () => sizeOf(prove(parsed(edit(flow, ++round)), WORLD, { memory })));
}

interface Size {
  states: number;
  steps: number;
}

const sizeOf = ({ covered }: ReturnType<typeof prove>): Size => ({
  states: covered.states,
  steps: covered.transitions,
});

const sum = (a: Size, b: Size): Size => ({ states: a.states + b.states, steps: a.steps + b.steps });

function explore(nodes: number): Size {
  const { exploration } = subjectOf(groundOf(parsed(bigFlow(nodes)), WORLD), []);
  return { states: exploration.states.length, steps: exploration.edges.length };
}

function row(name: string, work: () => Size): Row {
  let cpu = Number.POSITIVE_INFINITY;
  let size: Size = { states: 0, steps: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    size = work();
    const { user, system } = process.cpuUsage(began);
    cpu = Math.min(cpu, (user + system) / 1_000);
  }
  return { name, figures: { cpu, ...size } };
}
