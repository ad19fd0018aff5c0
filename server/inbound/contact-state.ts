import type { Standing } from '#flows/engine/consent/standing.ts';
import type { ContactState, PublishedFlow, Run } from '#flows/engine/world.ts';
import { programScope } from '../runtime/effects/consent.ts';
import { type RunBefore, runFromRow } from '../runtime/run-rows.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { ConsentRow, ContactRow, Facts } from '../runtime/read-facts.ts';

/** One contact as the engine wants it, with what is needed to write back what changed. */
export interface LoadedContact {
  state: ContactState;
  /** How each stored run stood when it was read. */
  before: ReadonlyMap<string, RunBefore>;
  /** Stored runs whose memory the engine cannot read. They are ended as failed, so that they stand in nobody's way. */
  unreadable: string[];
  /** The newest ledger hash of each consent scope. */
  heads: Map<string, Uint8Array>;
}

const LIST = 'list:';
const AGE = 'age:';

const isStanding = (state: ConsentRow['state']): state is Standing =>
  state === 'open' || state === 'frozen' || state === 'stopped';

/** Puts a contact's rows together for a decision on one sender. A run whose version is gone cannot run and is left out. */
export function loadContact(
  row: ContactRow,
  facts: Facts,
  sender: SenderEntry,
  world: WorkspaceWorld,
  flows: ReadonlyMap<string, PublishedFlow>,
): LoadedContact {
  const before = new Map<string, RunBefore>();
  const runs: Run[] = [];
  const otherRuns: Run[] = [];
  const unreadable: string[] = [];
  for (const run of facts.runs.get(row) ?? []) {
    const flow = flows.get(run.version_id);
    if (!flow) continue;
    const here = run.sender_id === sender.id;
    if (!here && world.senders.get(run.sender_id)?.programId !== sender.programId) continue;
    before.set(run.id, { flowId: flow.flowId, seq: run.seq, node: run.node, context: run.context });
    const ready = runFromRow(run, flow);
    if (ready) (here ? runs : otherRuns).push(ready);
    else unreadable.push(run.id);
  }
  const heads = new Map<string, Uint8Array>();
  const consents: ContactState['consents'] = {};
  let standing: Standing = 'open';
  let blocked = false;
  let standingSince: number | undefined;
  let ages: ContactState['ages'];
  for (const consent of facts.consents.get(row) ?? []) {
    heads.set(consent.scope, consent.head);
    if (isStanding(consent.state)) {
      if (consent.scope !== programScope(sender.programId)) continue;
      standing = consent.state;
      standingSince = consent.since;
      blocked = standing === 'stopped' && consent.because === 'gateway';
    } else if (consent.scope.startsWith(LIST)) {
      const { state, because, since } = consent;
      consents[consent.scope.slice(LIST.length)] = { state, because, since };
    } else if (consent.scope.startsWith(AGE)) {
      ages = { ...ages, [consent.scope.slice(AGE.length)]: consent.state };
    }
  }
  const arms = Object.fromEntries((facts.arms.get(row) ?? []).map((arm) => [arm.experiment, arm.arm]));
  const { phone, known, language, fields, tags } = row;
  const stopped = standing === 'stopped';
  const frozen = standing === 'frozen';
  // Written out: a spread in the middle costs as much as the rest of this function, for every text.
  const state = {
    phone,
    known,
    language,
    fields,
    tags,
    stopped,
    frozen,
    blocked,
    standingSince,
    ages,
    consents,
    arms,
    runs,
    otherRuns,
  };
  return { state, before, unreadable, heads };
}
