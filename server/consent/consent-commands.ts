import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { parsePhone } from '#shared/sms/phone.ts';
import { codeOf, messageOf } from '../common/errors.ts';
import { z } from 'zod';
import { BatchDecider } from '../inbound/batch.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { Handover } from '../runtime/handover.ts';
import { NOBODY } from '../runtime/scene.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { Anchors } from './anchors.service.ts';
import { ConsentOrders } from './consent-orders.ts';
import { ErasureRepository } from './erasure/erasure.repository.ts';
import { Erasure } from './erasure/erasure.service.ts';
import { EvidenceRepository } from './evidence/evidence.repository.ts';
import { EvidenceFiles } from './evidence/evidence.service.ts';
import { evidenceTable } from './evidence/evidence-table.ts';
import { isStill, type KeptSeal, readKeptSeals, sealLine } from './kept-seals.ts';
import { type Broken, LedgerCheck } from './ledger-check.ts';
import { LedgerRepository } from './ledger.repository.ts';
import { PendingConsents } from './pending/pending-consents.service.ts';
import { PendingRepository } from './pending/pending.repository.ts';
import { StopListRepository } from './stop-list.repository.ts';
import { StopList } from './stop-list.service.ts';

/** What the commands about consent need: the ledger, and a lane of its own for orders; nothing that works by itself. */
@Module({
  providers: [
    LedgerRepository,
    Anchors,
    LedgerCheck,
    EvidenceFiles,
    EvidenceRepository,
    PendingConsents,
    PendingRepository,
    Erasure,
    ErasureRepository,
    StopList,
    StopListRepository,
    ConsentOrders,
    FlowCache,
    WorldCache,
    Handover,
    BatchDecider,
    BatchWatch,
    InboundService,
  ],
})
export class ConsentCommandsModule {}

/**
 * `consent verify [--seals <file>]`: walks the whole ledger, and holds the seals against it that were kept elsewhere. Throws, with the
 * first broken link or seal, where it does not hold.
 */
export async function verifyLedgers(
  app: INestApplicationContext,
  args: readonly string[] = [],
): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { seals: { type: 'string' } } });
  const kept = values.seals === undefined ? null : await readSealsFile(values.seals);
  const said: string[] = [];
  for (const workspaceId of await app.get(LedgerRepository).workspaces()) {
    const { entries, erased, contacts, anchors, broken } = await app.get(LedgerCheck).verify(workspaceId);
    if (broken)
      throw new Error(`The consent ledger of workspace ${workspaceId} is broken: ${brokenSentence(broken)}`);
    said.push(
      `Workspace ${workspaceId}: ${entries} entries of ${contacts} people and ${anchors} sealed days hold` +
        `${erased > 0 ? `; the words of ${erased} entries were erased` : ''}.`,
    );
  }
  if (kept) said.push(await holdAgainst(app, kept));
  return said.join('\n') || 'There is no workspace yet.';
}

/** `consent seals [--since <day>]`: every sealed day as a line to keep where whoever can write the database cannot. */
export async function writeSeals(app: INestApplicationContext, args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { since: { type: 'string' } } });
  const since = values.since === undefined ? '' : readDay(values.since);
  const ledger = app.get(LedgerRepository);
  const lines: string[] = [];
  for (const workspaceId of await ledger.workspaces())
    for (const anchor of await ledger.anchors(workspaceId))
      if (anchor.day >= since) lines.push(sealLine(workspaceId, anchor));
  return lines.join('\n') || '# No day is sealed yet: a day is, about an hour after it is over.';
}

interface KeptSeals {
  file: string;
  seals: readonly KeptSeal[];
}

async function readSealsFile(path: string): Promise<KeptSeals> {
  const file = basename(path);
  return { file, seals: readKeptSeals(await readText(path), file) };
}

async function holdAgainst(app: INestApplicationContext, { file, seals }: KeptSeals): Promise<string> {
  const ledger = app.get(LedgerRepository);
  for (const workspaceId of new Set(seals.map((seal) => seal.workspaceId))) {
    const anchors = new Map((await ledger.anchors(workspaceId)).map((anchor) => [anchor.day, anchor]));
    const other = seals.find(
      (seal) => seal.workspaceId === workspaceId && !isStill(seal, anchors.get(seal.day)),
    );
    if (other)
      throw new Error(
        `The consent ledger of workspace ${workspaceId} was written anew: ${other.day} is ${anchors.has(other.day) ? 'sealed with something else than' : 'not sealed, as it was'} in line ${other.line} of ${file}.`,
      );
  }
  return `All ${seals.length} seals of ${file} are those of the ledger.`;
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new Error(`${path} cannot be read: ${why}.`);
  });
}

function readDay(written: string): string {
  const day = z.iso.date().safeParse(written);
  if (!day.success) throw new Error(`“${written}” is no day: write it as 2026-03-01.`);
  return day.data;
}

/** `consent export <number> [--csv]` */
export async function exportEvidence(app: INestApplicationContext, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { csv: { type: 'boolean' } },
  });
  const [number] = positionals;
  const found = await app.get(EvidenceFiles).ofNumber(readNumber(number));
  if (found.length === 0) throw new Error(`Nobody here has the number ${number}.`);
  return values.csv ? found.map(evidenceTable).join('') : JSON.stringify(found, null, 2);
}

/** `contacts erase <number>` */
export async function eraseNumber(app: INestApplicationContext, args: readonly string[]): Promise<string> {
  const count = await app.get(Erasure).eraseNumber(readNumber(args[0]), NOBODY);
  if (count === 0) throw new Error(`Nobody here has the number ${args[0]}.`);
  return 'Erased: texts, fields and evidence are destroyed. A print of the number keeps what was stopped.';
}

/** `contacts stop <file> [--sender <address>]`: a number a line, or the first that stands in it. */
export async function stopNumbers(app: INestApplicationContext, args: readonly string[]): Promise<string> {
  const { file, address } = stopArguments(args);
  const lines = (await readText(file)).split(/\r?\n/).filter((line) => line.trim() !== '');
  const read = lines.map((line) => line.split(/[,;\t"]/).flatMap((cell) => parsePhone(cell)?.e164 ?? [])[0]);
  const phones = [...new Set(read.flatMap((phone) => phone ?? []))];
  const actor = { personId: null, given: { file: basename(file) } };
  const list = app.get(StopList);
  const { stopped, already } =
    address === null ? await list.givenUp(phones, actor) : await list.blocked(address, phones, actor);
  const unread = read.filter((phone) => phone === undefined).length;
  return `Stopped: ${stopped}. Had stopped already: ${already}.${unread > 0 ? ` Lines without a number with its country: ${unread}.` : ''}`;
}

function stopArguments(args: readonly string[]): { file: string; address: string | null } {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { sender: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined)
    throw new Error(
      'Say which file has the numbers: npm run textloom -- contacts stop <file>, and --sender 12345 if they stopped that one only.',
    );
  return { file, address: values.sender ?? null };
}

function readNumber(written: string | undefined): string {
  const phone = written === undefined ? null : parsePhone(written);
  if (!phone) throw new Error('Say which number, with its country: +44 7700 900001.');
  return phone.e164;
}

function brokenSentence({ what, contactId, scope, entryId, at }: Broken): string {
  if (what === 'anchor') return `${at} is not as it was sealed.`;
  const where = `of contact ${contactId} to ${scope}`;
  if (what === 'head') return `the consent ${where} does not stand as its ledger says.`;
  return `entry ${entryId} ${where}, of ${at}, ${FLAWS[what]}.`;
}

const FLAWS = {
  link: 'does not hang on the entry before it',
  entry: 'is not what was written',
  number: 'was texted from another number than this contact has',
  evidence: 'has other words or evidence than were sealed',
  states: 'does not begin where the entry before it ended',
} as const;
