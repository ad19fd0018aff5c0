import type { PoolClient } from 'pg';
import type { Accepted } from '#shared/api/inbound.ts';
import { newId } from '../common/ids.ts';
import { WriteSet } from '../database/write-set.ts';
import { FlowCounters } from '../runtime/flow-counters.ts';
import { type Hearing, heedOne } from './heed-stop.ts';
import { claimIds, NO_CONTACT, readAnswers, writeInbound } from './inbound-rows.ts';
import { holdContacts } from './place.ts';
import { recordFailures } from './record.ts';
import { undecidedBut } from './undecided.ts';
import type { RunWork, TextWork } from './work.ts';

/**
 * Stores a text that made its whole transaction fail, without deciding it; its id is claimed, so that a repeat gets the same
 * answer. What may be a STOP is heeded all the same. Undefined when its contact is locked elsewhere. Belongs into a transaction of its
 * own.
 */
export async function giveUpText(
  client: PoolClient,
  work: TextWork,
  hearing: Hearing,
): Promise<Accepted | undefined> {
  const contact = work.reachable ? (await holdContacts(client, [work])).get(work) : null;
  if (contact === undefined) return undefined;
  const contactId = contact?.id ?? null;
  if (work.gatewayMessageId !== null && !work.backlog) {
    const repeats = await claimIds(client, [
      { work, contactId: contactId ?? NO_CONTACT, inboundId: work.id },
    ]);
    if (repeats.has(work)) return (await readAnswers(client, repeats)).get(work);
  }
  const wish = contact && (await heedOne(client, work, contact, hearing));
  const reason = undecidedBut(wish);
  const writes = new WriteSet();
  writeInbound(work, { contactId, senderId: null, status: 'set-aside', reason, route: null }, writes);
  await writes.flush(client);
  return { accepted: true, status: 'set-aside', id: work.id, replies: [], reason };
}

interface StuckRun {
  flow_id: string;
  seq: number;
  node: string;
  context: unknown;
}

/**
 * Ends a run as failed whose wake-up, receipt or order made its whole transaction fail, so that it does not come again. False
 * when its contact is locked elsewhere.
 */
export async function giveUpRun(client: PoolClient, work: RunWork, reason: string): Promise<boolean> {
  if (!('runId' in work.happening)) return true;
  const { runId } = work.happening;
  if (!(await holdContacts(client, [work])).has(work)) return false;
  const { rows } = await client.query<StuckRun>(
    `select flow_id, seq, node, context from runs where workspace_id = $1 and id = $2 and status <> 'ended'`,
    [work.workspaceId, runId],
  );
  const [row] = rows;
  if (!row) return true;
  const { flow_id: flowId, seq, node, context } = row;
  const ledger = { writes: new WriteSet(), counters: new FlowCounters(), newId: () => newId(work.at) };
  const before = new Map([[runId, { flowId, seq, node, context }]]);
  recordFailures({ work }, { before }, [runId], reason, ledger);
  ledger.counters.writeTo(ledger.writes);
  await ledger.writes.flush(client);
  return true;
}
