import { lapsesAt, policyFor } from '#flows/engine/consent/terms.ts';
import type { ConsentCause, Effect } from '#flows/engine/effects.ts';
import { ledgerHash, sealed } from '../consent-ledger.ts';
import { batchStatement } from '../../database/write-set.ts';
import type { ConsentScene, EffectHandler } from './handler.ts';
import { closeReview, openReview } from './review.ts';

const insertLedger = batchStatement(
  'ledger_rows',
  {
    workspace_id: 'uuid',
    contact_id: 'uuid',
    id: 'uuid',
    scope: 'text',
    at: 'timestamptz',
    from_state: 'text',
    to_state: 'text',
    because: 'text',
    shown: 'text',
    message_id: 'uuid',
    person_id: 'uuid',
    evidence: 'jsonb',
    salt: 'bytea',
    seal: 'bytea',
    previous: 'bytea',
    hash: 'bytea',
  },
  (
    rows,
  ) => `insert into consent_ledger (workspace_id, contact_id, id, scope, at, from_state, to_state, because, shown, message_id,
      person_id, evidence, salt, seal, previous, hash)
    select * from ${rows}`,
);

const upsertConsent = batchStatement(
  'consent_rows',
  {
    workspace_id: 'uuid',
    contact_id: 'uuid',
    scope: 'text',
    state: 'text',
    because: 'text',
    since: 'timestamptz',
    lapses_at: 'timestamptz',
    head: 'bytea',
  },
  (
    rows,
  ) => `insert into consents (workspace_id, contact_id, scope, state, because, since, lapses_at, head) select * from ${rows}
    on conflict (contact_id, workspace_id, scope) do update
    set state = excluded.state, because = excluded.because, since = excluded.since, lapses_at = excluded.lapses_at, head = excluded.head`,
);

/**
 * For what was read under the contact's lock: finds its row at once, and touches no index. Found by the contact alone, so that the
 * index by list, as good as any while the table is small, is never taken.
 */
const updateConsent = batchStatement(
  'consent_updates',
  upsertConsent.columns,
  (
    rows,
  ) => `update consents c set state = n.state, because = n.because, since = n.since, lapses_at = n.lapses_at, head = n.head
    from ${rows} where c.contact_id = n.contact_id and (c.workspace_id, c.scope) is not distinct from (n.workspace_id, n.scope)`,
);

export const listScope = (list: string): string => `list:${list}`;
export const programScope = (programId: string): string => `program:${programId}`;
export const ageScope = (years: number): string => `age:${years}`;

/** A consent to a list moved. */
export const consent: EffectHandler<'consent', ConsentScene> = (effect, scene) => {
  const { list, from, to, because, shown, since } = effect;
  append(scene, listScope(list), { from, to, because, shown, since, lapsesAt: lapseOf(effect, scene) });
};

/** When it lapses by the list's terms for the person. */
function lapseOf({ list, to, because, since }: Extract<Effect, { kind: 'consent' }>, scene: ConsentScene) {
  const policy = scene.sender.world.lists.get(list);
  if (!policy) return null;
  return lapsesAt({ state: to, because, since: since ?? scene.at }, policyFor(policy, scene.phone));
}

/** The person answered whether they have an age. The words of it, a day of birth, are kept nowhere. */
export const age: EffectHandler<'age', ConsentScene> = ({ years, from, to, because }, scene) => {
  append(scene, ageScope(years), { from, to, because, shown: null });
};

/** How the person stands to the sender's program changed: STOP, its taking back, or words that may be one. */
export const standing: EffectHandler<'standing', ConsentScene> = (effect, scene) => {
  const { from, to, because, words } = effect;
  append(scene, programScope(scene.sender.programId), { from, to, because, shown: words });
  if (from === 'frozen' && to !== 'frozen') closeReview(to, scene);
  if (to === 'frozen') openReview(effect, words, scene);
};

interface Move {
  from: string;
  to: string;
  because: ConsentCause;
  shown: string | null;
  since?: number;
  lapsesAt?: number | null;
}

function append(scene: ConsentScene, scope: string, move: Move): void {
  const { from, to, because, shown, since = scene.at, lapsesAt = null } = move;
  const { workspaceId, contactId, at, actor } = scene;
  const previous = scene.heads.get(scope) ?? null;
  const { personId, given } = actor;
  const entry = { workspaceId, contactId, scope, at, from, to, because, messageId: scene.causeId, personId };
  const { salt, seal } = sealed({ shown, given });
  const head = ledgerHash(previous, entry, seal);
  const stored = scene.consents.get(scope)?.stored ?? previous !== null;
  scene.heads.set(scope, head);
  scene.consents.set(scope, { state: to, because, since, lapsesAt, head, stored });
  scene.writes.add(insertLedger, {
    workspace_id: workspaceId,
    contact_id: contactId,
    id: scene.newId(),
    scope,
    at,
    from_state: from,
    to_state: to,
    because,
    shown,
    message_id: scene.causeId,
    person_id: personId,
    evidence: given && JSON.stringify(given),
    salt,
    seal,
    previous,
    hash: head,
  });
}

/** Writes the state each scope ended in; called once a decision. */
export function writeConsents(scene: ConsentScene): void {
  for (const [scope, { state, because, since, lapsesAt, head, stored }] of scene.consents) {
    scene.writes.add(stored ? updateConsent : upsertConsent, {
      workspace_id: scene.workspaceId,
      contact_id: scene.contactId,
      scope,
      state,
      because,
      since,
      lapses_at: lapsesAt,
      head,
    });
  }
}
