import type { ConsentCause } from '#flows/engine/effects.ts';
import { ledgerHash } from '../../consent/ledger.ts';
import { batchStatement } from '../../database/write-set.ts';
import type { Scene } from '../scene.ts';
import type { EffectHandler } from './handler.ts';

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
    previous: 'bytea',
    hash: 'bytea',
  },
  (
    rows,
  ) => `insert into consent_ledger (workspace_id, contact_id, id, scope, at, from_state, to_state, because, shown, message_id, previous, hash)
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
    head: 'bytea',
  },
  (
    rows,
  ) => `insert into consents (workspace_id, contact_id, scope, state, because, since, head) select * from ${rows}
    on conflict (workspace_id, contact_id, scope) do update
    set state = excluded.state, because = excluded.because, since = excluded.since, head = excluded.head`,
);

export const listScope = (list: string): string => `list:${list}`;
export const programScope = (programId: string): string => `program:${programId}`;

/** A consent to a list moved. */
export const consent: EffectHandler<'consent'> = (effect, scene) => {
  append(scene, listScope(effect.list), effect.from, effect.to, effect.because, effect.shown);
};

/** STOP to the sender's program, or its taking back. */
export const programStop: EffectHandler<'program-stop'> = (effect, scene) => {
  const [from, to] = effect.stopped ? ['open', 'stopped'] : ['stopped', 'open'];
  append(scene, programScope(scene.sender.programId), from, to, effect.because, effect.word);
};

function append(
  scene: Scene,
  scope: string,
  from: string,
  to: string,
  because: ConsentCause,
  shown: string | null,
): void {
  const { workspaceId, contactId, at } = scene;
  const previous = scene.heads.get(scope) ?? null;
  const entry = { workspaceId, contactId, scope, at, from, to, because, shown, messageId: scene.causeId };
  const head = ledgerHash(previous, entry);
  scene.heads.set(scope, head);
  scene.consents.set(scope, { state: to, because, head });
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
    previous,
    hash: head,
  });
}

/** Writes the state each scope ended in; called once a decision. */
export function writeConsents(scene: Scene): void {
  for (const [scope, { state, because, head }] of scene.consents) {
    scene.writes.add(upsertConsent, {
      workspace_id: scene.workspaceId,
      contact_id: scene.contactId,
      scope,
      state,
      because,
      since: scene.at,
      head,
    });
  }
}
