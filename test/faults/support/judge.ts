import { type FarRequest, isKept } from './far-end.ts';
import { judgeRaces, type LoggedRace, type StoredRace } from './judge-races.ts';
import type { LoggedText } from './texters.ts';

/** What must be zero. */
const HARM = ['lost', 'doubled', 'order', 'afterStop', 'unsent', 'untold', 'unheeded'] as const;
type Kind = (typeof HARM)[number];

/** All that is counted: what must be zero, and what is counted apart. */
export const COUNTED = [...HARM, 'claimedAtStop', 'sentAgain'] as const;

/** How often each kind of harm was found, what is counted apart, and what is wrong in sentences. */
export interface Findings {
  /** Texts that were acknowledged and are not in the database, or not decided; timeouts that never came. */
  lost: number;
  /** Texts that were decided twice or have more replies than one, people with more runs than one; races with two ends. */
  doubled: number;
  /** Replies that do not fit their text's turn, and first requests of a person's texts out of turn. */
  order: number;
  /** Requests begun after the answer to STOP, beyond the one that may have been claimed when it came. */
  afterStop: number;
  /** Replies that never reached the gateway and were not taken back by STOP. */
  unsent: number;
  /** Runs that never heard that the gateway had refused their text for good. */
  untold: number;
  /** STOPs that were decided and that the consent ledger has not once, or whose run goes on; entries that hang on no other. */
  unheeded: number;
  /** Apart: requests that had been claimed when STOP came, one a person. */
  claimedAtStop: number;
  /** Apart: requests for a text that the gateway had read and kept already. */
  sentAgain: number;
  /** The first few of what is wrong. */
  wrong: string[];
}

/** A text as the database has it under the gateway's id, with the replies to it. */
export interface StoredText {
  id: string;
  status: string;
  /** Why it was set aside. */
  reason?: string | null;
  times: number;
  replies: { id: string; text: string; status: string }[];
}

/** How many runs a person has, how many of them are not over, and the steps in them. */
export interface StoredRun {
  phone: string;
  runs: number;
  open: number;
  steps: number;
}

/** What the consent ledger has of a person. */
export interface StoredConsent {
  phone: string;
  /** Entries by which the consent stops. */
  stops: number;
  /** Whether it stands as the last entry says. */
  isStopped: boolean;
  /** Entries that do not hang on the one before them. */
  loose: number;
}

export interface Evidence {
  texts: readonly LoggedText[];
  requests: readonly FarRequest[];
  stored: readonly StoredText[];
  runs: readonly StoredRun[];
  consents: readonly StoredConsent[];
  races: readonly LoggedRace[];
  storedRaces: readonly StoredRace[];
}

export type Tell = (kind: Kind, sentence: string) => void;

/** Nothing wrong, and nothing to count apart. */
export const NOTHING = {
  ...{ lost: 0, doubled: 0, order: 0, afterStop: 0, unsent: 0, untold: 0, unheeded: 0 },
  ...{ claimedAtStop: 0, sentAgain: 0 },
};

/** Sentences kept; one broken thing mostly breaks many. */
const MOST_SENTENCES = 12;

/** Finds what does not fit. */
export function judge(evidence: Evidence): Findings {
  const found: Findings = { ...NOTHING, wrong: [] };
  const tell: Tell = (kind, sentence) => {
    found[kind]++;
    if (found.wrong.length < MOST_SENTENCES) found.wrong.push(`${kind}: ${sentence}`);
  };
  judgeTexts(evidence, tell);
  judgeRuns(evidence, tell);
  judgeRefused(evidence, tell);
  judgeOrder(evidence, tell);
  judgeConsent(evidence, tell);
  judgeRaces(evidence, tell);
  found.claimedAtStop = judgeStop(evidence, tell);
  found.sentAgain = countAgain(evidence.requests);
  return found;
}

function judgeTexts({ texts, requests, stored }: Evidence, tell: Tell): void {
  const rows = new Map(stored.map((row) => [row.id, row]));
  const kept = new Set(requests.filter(isKept).map(({ messageId }) => messageId));
  const refused = new Set(requests.filter(isRefused).map(({ messageId }) => messageId));
  for (const text of texts) {
    const row = rows.get(text.id);
    if (row?.status !== 'decided') {
      if (text.acknowledgedAt !== null)
        tell('lost', `${text.id} is ${row?.status ?? 'not stored'} ${row?.reason ?? ''}`);
      continue;
    }
    if (row.times !== 1 || row.replies.length !== 1)
      tell('doubled', `${text.id} is stored ${row.times} times with ${row.replies.length} replies`);
    for (const { id, status } of row.replies)
      if (!kept.has(id) && status !== 'cancelled' && !(status === 'failed' && refused.has(id)))
        tell('unsent', `the reply to ${text.id} is ${status} and never reached the gateway`);
    const said = row.replies.map((reply) => reply.text);
    if (!text.isStop && said[0] !== expectedReply(text)) tell('order', `${text.id} is answered ${said}`);
    const told = text.answers.flatMap(({ replies }) => replies);
    if (told.some((reply) => !said.includes(reply.text)))
      tell('order', `${text.id} was answered otherwise than stored`);
  }
}

function judgeRuns({ texts, runs }: Evidence, tell: Tell): void {
  const turns = new Map<string, number>();
  for (const { phone, isStop } of texts) if (!isStop) turns.set(phone, (turns.get(phone) ?? 0) + 1);
  for (const row of runs)
    if (row.runs !== 1 || row.steps < (turns.get(row.phone) ?? 0))
      tell(
        'doubled',
        `${row.phone} has ${row.runs} runs, ${row.steps} steps for ${turns.get(row.phone)} texts`,
      );
}

/** What the gateway refuses for good ends its run. */
function judgeRefused({ texts, stored, runs }: Evidence, tell: Tell): void {
  const failed = new Set(
    stored.filter(({ replies }) => replies.some(({ status }) => status === 'failed')).map(({ id }) => id),
  );
  const open = new Set(runs.filter((row) => row.open > 0).map(({ phone }) => phone));
  for (const { id, phone } of texts)
    if (failed.has(id) && open.has(phone))
      tell('untold', `the run of ${phone} goes on although the reply to ${id} was refused`);
}

/** A STOP is entered once, ends the run, and hangs on what was entered before it. */
function judgeConsent({ texts, stored, runs, consents }: Evidence, tell: Tell): void {
  const decided = new Set(stored.filter(({ status }) => status === 'decided').map(({ id }) => id));
  const open = new Set(runs.filter((row) => row.open > 0).map(({ phone }) => phone));
  const kept = new Map(consents.map((row) => [row.phone, row]));
  for (const { id, phone, isStop } of texts) {
    if (!isStop || !decided.has(id)) continue;
    const { stops = 0, isStopped = false } = kept.get(phone) ?? {};
    if (stops !== 1 || !isStopped)
      tell(
        'unheeded',
        `the STOP of ${phone} is entered ${stops} times${isStopped ? '' : ', and does not stand'}`,
      );
    if (open.has(phone)) tell('unheeded', `the run of ${phone} goes on after STOP`);
  }
  for (const { phone, loose } of consents)
    if (loose > 0) tell('unheeded', `${loose} entries on the consent of ${phone} hang on no other`);
}

/** The first request of each reply counts: what is repeated later was in its place once. What comes after STOP's own is judged there. */
function judgeOrder(evidence: Evidence, tell: Tell): void {
  const turns = new Map(evidence.texts.map(({ id, turn }) => [id, turn]));
  const turnOf = new Map(
    evidence.stored.flatMap(({ id, replies }) =>
      replies.map((reply) => [reply.id, turns.get(id) ?? 0] as const),
    ),
  );
  const confirmations = confirmationsOf(evidence);
  const seen = new Set<string>();
  const last = new Map<string, { turn: number; isConfirmation: boolean }>();
  for (const { messageId, phone } of evidence.requests) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    const turn = turnOf.get(messageId) ?? 0;
    const before = last.get(phone);
    if (before?.isConfirmation) continue;
    if (before && turn < before.turn)
      tell('order', `${phone} got reply ${turn} (${messageId}) after ${before.turn}`);
    last.set(phone, { turn, isConfirmation: confirmations.has(messageId) });
  }
}

/** After STOP only its confirmation goes out; returns how many people got one text more, which had been claimed by then. */
function judgeStop(evidence: Evidence, tell: Tell): number {
  const stopOf = new Map(evidence.texts.filter(({ isStop }) => isStop).map((stop) => [stop.phone, stop]));
  const confirmations = confirmationsOf(evidence);
  const confirmed = new Set<string>();
  const late = new Set<string>();
  for (const { messageId, phone, at } of evidence.requests) {
    if (confirmations.has(messageId)) {
      confirmed.add(phone);
      continue;
    }
    const stop = stopOf.get(phone);
    const ms = at - (stop?.acknowledgedAt ?? Number.POSITIVE_INFINITY);
    if (ms <= 0 && !confirmed.has(phone)) continue;
    if (late.has(phone)) {
      const answer = stop?.answers.map(({ status }) => status).join(', ');
      tell(
        'afterStop',
        `${phone} got ${messageId} too, ${ms.toFixed(0)} ms after STOP was answered ${answer}`,
      );
    }
    late.add(phone);
  }
  return late.size;
}

/** The texts that confirm a STOP. */
function confirmationsOf({ texts, stored }: Evidence): ReadonlySet<string> {
  const stops = new Set(texts.filter(({ isStop }) => isStop).map(({ id }) => id));
  return new Set(
    stored.filter(({ id }) => stops.has(id)).flatMap(({ replies }) => replies.map(({ id }) => id)),
  );
}

function countAgain(requests: readonly FarRequest[]): number {
  const kept = requests.filter(isKept);
  return kept.length - new Set(kept.map(({ messageId }) => messageId)).size;
}

const isRefused = ({ answer }: FarRequest): boolean => answer === 'refuses';

/** Texts are numbered by the person, replies by the run: they fit only if each was decided once and in order. */
function expectedReply({ text }: LoggedText): string {
  return text === 'COUNT' ? '0' : `${Number.parseInt(text.slice(1), 10) + 1} after ${text}`;
}
