import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { drawProofSchema } from '#shared/draw/proof.ts';
import { type Finding, type ReadList, verifyDraw } from '../../contests/draws/verify-draw.ts';
import { type Command, Mistake } from '../command.ts';
import { readJson } from '../files.ts';
import { paintFor } from '../terminal.ts';
import { JSON_OPTION } from '../usual-options.ts';

/** Holds a draw again from its proof and its list, and says whether the same people win. */
export const draw: Command = {
  name: 'draw',
  usage: 'verify PROOF LIST [--seal SHA256]',
  summary: 'holds a draw of a contest again and says whether the same people win',
  options: {
    seal: { value: 'SHA256', says: 'what was published before, to be held against the proof' },
    ...JSON_OPTION,
  },
  run(typed, terminal) {
    const [act, proofPath, listPath] = typed.files;
    if (act !== 'verify' || proofPath === undefined || listPath === undefined) {
      throw new Mistake('Say which draw: npm run textloom -- draw verify proof.json entries.txt');
    }
    const read = drawProofSchema.safeParse(readJson(proofPath));
    if (!read.success) throw new Mistake(`${proofPath} is no proof of a draw.`);
    const proof = read.data;
    const findings = verifyDraw(proof, readList(listPath), typed.option('seal')?.toLowerCase() ?? null);
    const holds = findings.every((finding) => finding.holds);
    if (typed.json) {
      terminal.say(JSON.stringify({ holds, findings }, null, 2));
      return holds ? 0 : 1;
    }
    const paint = paintFor(terminal);
    terminal.say(`${paint.strong(proof.contest.name)}, draw ${proof.number}  ${paint.quiet(proof.drawnAt)}`);
    const mark = (finding: Finding) => (finding.holds ? paint.good('✓') : paint.bad('✗'));
    for (const finding of findings) terminal.say(`  ${mark(finding)} ${finding.words}`);
    for (const { place, line, entry, status } of proof.drawn)
      terminal.say(`  ${String(place).padStart(4)}. line ${line}  ${entry}  ${status}`);
    if (proof.publicSource !== null) {
      terminal.say(`  Look up yourself: ${proof.publicSource} was “${proof.publicValue ?? ''}”.`);
    }
    terminal.say(
      holds ? paint.good('The draw is what it says it is.') : paint.bad('This proof does not hold.'),
    );
    return holds ? 0 : 1;
  },
};

function readList(path: string): ReadList {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new Mistake(`${path} cannot be read.`);
  }
  return {
    entries: bytes.toString('utf8').split('\n').slice(0, -1),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
  };
}
