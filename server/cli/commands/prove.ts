import type { Verdict } from '#flows/prove/certificate.ts';
import { PROPERTIES } from '#flows/prove/properties/index.ts';
import { type Acceptance, type Proof, prove as proveFlow } from '#flows/prove/prove.ts';
import type { Limits } from '#flows/prove/subject.ts';
import { type Command, Mistake, type Typed } from '../command.ts';
import { type FlowFile, readFlows } from '../files.ts';
import { counted, findingLines, plural } from '../report.ts';
import { type Paint, paintFor, type Terminal } from '../terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from '../usual-options.ts';
import { readWorld } from '../worlds.ts';

/** Explores every conversation a flow can have and holds every promise against it. */
export const prove: Command = {
  name: 'prove',
  usage: 'FILE… [--accept CODE=REASON]…',
  summary: 'explores every conversation, and shows the shortest one that goes wrong',
  options: {
    accept: {
      value: 'CODE=REASON',
      multiple: true,
      says: 'a finding that is wanted, and why, such as text.first="Staff only"',
    },
    'max-states': { value: 'NUMBER', says: 'after how many it is given up to explore to the end' },
    ...JSON_OPTION,
    ...WORLD_OPTIONS,
  },
  run(typed, terminal) {
    const files = readFlows(typed, terminal);
    const options = { ...limitsOf(typed), accepted: typed.all('accept').map(acceptanceOf) };
    const proofs = files.map((file) => {
      const others = files.filter((other) => other !== file);
      const { world } = readWorld(typed, file.path, { others });
      return { file, proof: file.flow && proveFlow(file.flow, world, options) };
    });
    if (typed.json) {
      terminal.say(JSON.stringify(proofs.map(asJson), null, 2));
    } else {
      for (const { file, proof } of proofs) print(file, proof, terminal);
    }
    return proofs.some(({ proof }) => !proof || proof.blocking.length > 0) ? 1 : 0;
  },
};

function limitsOf(typed: Typed): Limits {
  const states = typed.option('max-states');
  if (states === undefined) return {};
  const maxStates = Number(states);
  if (!Number.isInteger(maxStates) || maxStates < 1)
    throw new Mistake(`"${states}" is no number of states. Write one such as 60000.`);
  return { maxStates };
}

/** Reads "explored.bounded=tried by hand". */
function acceptanceOf(text: string): Acceptance {
  const [, code, reason] = /^([a-z.-]+)=(.*\S.*)$/s.exec(text) ?? [];
  if (code === undefined || reason === undefined)
    throw new Mistake(`Write what is accepted and why, such as text.first="Staff only", not ${text}.`);
  return { code, reason };
}

function asJson({ file: { path, flow, issues }, proof }: { file: FlowFile; proof: Proof | null }) {
  if (!proof) return { path, name: null, findings: issues };
  const { findings, bounded, covered, notChecked, certificate } = proof;
  const passages = [...covered.passages].sort();
  return {
    path,
    name: flow?.definition.name ?? null,
    findings,
    bounded,
    covered: { ...covered, passages },
    notChecked,
    certificate,
  };
}

function print({ path, flow, issues }: FlowFile, proof: Proof | null, terminal: Terminal): void {
  const paint = paintFor(terminal);
  terminal.say(`${paint.strong(flow?.definition.name ?? path)}  ${paint.quiet(path)}`);
  if (!proof) {
    for (const line of findingLines(issues, paint)) terminal.say(line);
    return;
  }
  const { findings, blocking, notChecked, certificate } = proof;
  const promises = new Map<string, string>(PROPERTIES.map(({ id, promise }) => [id, promise]));
  for (const { property, verdict } of certificate.results) {
    terminal.say(`  ${MARKS[verdict](paint)} ${promises.get(property) ?? property}`);
  }
  for (const line of findingLines(findings, paint)) terminal.say(line);
  for (const sentence of notChecked) terminal.say(`  ${paint.quiet(`Not checked: ${sentence}`)}`);
  terminal.say(`  ${paint.quiet(exploredBy(proof))}`);
  const isWrong = blocking.length > 0;
  terminal.say(
    `  ${isWrong ? paint.bad('✗ not to be published:') : paint.good('✓ proved:')} ${counted(findings)}`,
  );
}

const MARKS: Record<Verdict, (paint: Paint) => string> = {
  holds: ({ good }) => good('✓'),
  violated: ({ bad }) => bad('✗'),
  possible: ({ doubtful }) => doubtful('?'),
  bounded: ({ doubtful }) => doubtful('…'),
  unchecked: ({ quiet }) => quiet('–'),
};

function exploredBy({ covered, certificate }: Proof): string {
  const size = `${plural(covered.states, 'state')} and ${plural(covered.transitions, 'step')} between them`;
  if (certificate.bounded)
    return `Explored to a depth of ${certificate.bounded.depth} texts and waits: ${size}.`;
  return certificate.exact
    ? `Explored to the end: ${size}.`
    : `Explored to the end, asking about conditions and tests anew each time: ${size}.`;
}
