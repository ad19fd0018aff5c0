import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { FarRequest } from './far-end.ts';
import type { LoggedText } from './texters.ts';

/** What the checker found. Everything must be zero but what is counted apart. */
export interface Findings {
  /** Texts that were acknowledged and are not in the database, or not decided. */
  lost: number;
  /** Texts that were decided twice or have more replies than one, people with more runs than one. */
  doubled: number;
  /** Replies that do not fit their text's turn, and first requests of a person's texts out of turn. */
  order: number;
  /** Requests begun after the answer to STOP, beyond the one that may have been claimed when it came. */
  afterStop: number;
  /** Replies that never reached the gateway and are not known to have failed. */
  unsent: number;
  /** Apart: requests that had been claimed when STOP came, one a person. */
  claimedAtStop: number;
  /** Apart: requests for a text that the gateway had taken already. */
  sentAgain: number;
  /** The first few of what is wrong, in sentences. */
  wrong: string[];
}

interface Stored {
  id: string;
  status: string;
  times: number;
  replies: { id: string; text: string; status: string }[];
}

const STORED = `select i.gateway_message_id as id, min(i.status) as status, count(distinct i.id)::int as times,
    coalesce(json_agg(json_build_object('id', o.id, 'text', o.text, 'status', o.status) order by o.id)
      filter (where o.id is not null), '[]') as replies
  from inbound i left join outbound o on o.workspace_id = i.workspace_id and o.cause_id = i.id
  group by i.gateway_message_id`;

const RUNS = `select c.phone, count(distinct r.id)::int as runs, count(t.*)::int as steps
  from contacts c join runs r on r.workspace_id = c.workspace_id and r.contact_id = c.id
  left join trail t on t.run_id = r.id group by c.phone`;

/** Holds the log of those who texted, the log of the gateway and the database against each other; knows nothing of the server. */
export async function check(
  source: DataSource,
  texts: readonly LoggedText[],
  requests: readonly FarRequest[],
): Promise<Findings> {
  const found: Findings = {
    lost: 0,
    doubled: 0,
    order: 0,
    afterStop: 0,
    unsent: 0,
    claimedAtStop: 0,
    sentAgain: 0,
    wrong: [],
  };
  const tell = (kind: 'lost' | 'doubled' | 'order' | 'afterStop' | 'unsent', sentence: string): void => {
    found[kind]++;
    if (found.wrong.length < 12) found.wrong.push(`${kind}: ${sentence}`);
  };
  const stored = new Map(((await source.query(STORED)) as Stored[]).map((row) => [row.id, row]));
  const taken = new Set(requests.filter(({ answer }) => answer !== 'cuts').map(({ messageId }) => messageId));
  const turnOf = new Map<string, number>();
  const confirmations = new Set<string>();
  for (const text of texts) {
    const row = stored.get(text.id);
    if (row?.status !== 'decided') {
      if (text.acknowledgedAt !== null) tell('lost', `${text.id} is ${row?.status ?? 'not stored'}`);
      continue;
    }
    if (row.times > 1 || row.replies.length > 1)
      tell('doubled', `${text.id} is stored ${row.times} times with ${row.replies.length} replies`);
    for (const reply of row.replies) {
      if (text.isStop) confirmations.add(reply.id);
      else turnOf.set(reply.id, text.turn);
      if (!taken.has(reply.id) && reply.status !== 'cancelled')
        tell('unsent', `the reply to ${text.id} is ${reply.status} and never reached the gateway`);
    }
    const said = row.replies.map((reply) => reply.text);
    if (!text.isStop && said[0] !== expectedReply(text)) tell('order', `${text.id} is answered ${said}`);
    const heard = text.answers.filter(({ status }) => status === 'decided');
    if (heard.some(({ replies }) => replies.some((reply) => !said.includes(reply.text))))
      tell('order', `${text.id} was answered otherwise than stored`);
  }
  const turns = new Map<string, number>();
  for (const { phone, isStop } of texts) if (!isStop) turns.set(phone, (turns.get(phone) ?? 0) + 1);
  for (const { phone, runs, steps } of (await source.query(RUNS)) as {
    phone: string;
    runs: number;
    steps: number;
  }[])
    if (runs !== 1 || steps < (turns.get(phone) ?? 0))
      tell('doubled', `${phone} has ${runs} runs, ${steps} steps for ${turns.get(phone)} texts`);

  const stopAt = new Map(
    texts.flatMap(({ phone, isStop, acknowledgedAt }) =>
      isStop && acknowledgedAt !== null ? [[phone, acknowledgedAt] as const] : [],
    ),
  );
  const seen = new Set<string>();
  const lastTurn = new Map<string, number>();
  const late = new Set<string>();
  const tookAlready = new Set<string>();
  for (const { messageId, phone, at, answer } of requests) {
    if (tookAlready.has(messageId)) found.sentAgain++;
    if (answer === 'takes' || answer === 'slow' || answer === 'cuts') tookAlready.add(messageId);
    if (!confirmations.has(messageId) && at > (stopAt.get(phone) ?? Number.POSITIVE_INFINITY)) {
      if (late.has(phone)) tell('afterStop', `${phone} was texted again`);
      else found.claimedAtStop++;
      late.add(phone);
    }
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    const turn = turnOf.get(messageId);
    if (turn === undefined) continue;
    if (turn < (lastTurn.get(phone) ?? -1))
      tell('order', `${phone} got reply ${turn} after ${lastTurn.get(phone)}`);
    lastTurn.set(phone, turn);
  }
  return found;
}

/** Waits until everything is decided and sent: a minute is the longest lease, the rest are retries. */
export async function untilQuiet(source: DataSource): Promise<void> {
  for (let waited = 0; waited < 180_000; waited += 200) {
    const rows: unknown[] = await source.query(
      '(select 1 from outbox limit 1) union all (select 1 from backlog limit 1)',
    );
    if (rows.length === 0) return;
    await sleep(200);
  }
}

/** Texts are numbered by the person, replies by the run: they fit only if each was decided once and in order. */
function expectedReply({ text }: LoggedText): string {
  return text === 'COUNT' ? '0' : `${Number(text.slice(1)) + 1} after ${text}`;
}
