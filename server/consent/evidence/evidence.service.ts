import { Injectable } from '@nestjs/common';
import type { ConsentEvidence } from '#shared/api/consent.ts';
import { Clock } from '../../common/clock.ts';
import { flawOf, type StoredEntry } from '../chain.ts';
import { inChain } from '../in-chain.ts';
import { PendingConsents } from '../pending/pending-consents.service.ts';
import { LedgerRepository } from '../ledger.repository.ts';
import { EvidenceRepository, type EvidenceRow } from './evidence.repository.ts';

/** All that proves what a person agreed to and took back: who, when, how, the exact words, and the hashes that bind them. */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly evidence: EvidenceRepository,
    private readonly pending: PendingConsents,
    private readonly clock: Clock,
  ) {}

  async ofContact(workspaceId: string, contactId: string, phone: string): Promise<ConsentEvidence> {
    const entries = inChain(await this.ledger.ofContact(workspaceId, contactId));
    const around = new Map(
      (await this.evidence.around(workspaceId, contactId)).map((row) => [row.id, row] as const),
    );
    const heads = new Map<string, StoredEntry>();
    return {
      phone,
      contactId,
      exportedAt: new Date(this.clock.now()).toISOString(),
      entries: entries.map((entry) => {
        const flaw = flawOf(entry, heads.get(entry.scope) ?? null);
        heads.set(entry.scope, entry);
        return toldOf(entry, around.get(entry.id), flaw === null);
      }),
      pending: await this.pending.ofContact(workspaceId, contactId),
    };
  }

  /** The same of everybody who has a number, in every workspace. */
  async ofNumber(phone: string): Promise<ConsentEvidence[]> {
    const found = await this.evidence.withPhone(phone);
    return Promise.all(
      found.map(({ workspaceId, contactId }) => this.ofContact(workspaceId, contactId, phone)),
    );
  }
}

const toldOf = (
  entry: StoredEntry,
  row: EvidenceRow | undefined,
  verified: boolean,
): ConsentEvidence['entries'][number] => ({
  id: entry.id,
  at: new Date(entry.at).toISOString(),
  about: row?.about ?? entry.scope,
  list: entry.scope.startsWith('list:') ? entry.scope.slice('list:'.length) : null,
  from: entry.from,
  to: entry.to,
  because: entry.because,
  words: entry.shown,
  given: entry.given ? { ...entry.given } : null,
  decidedBy: row?.decidedBy ?? null,
  messageId: entry.messageId,
  texted: row?.texted ?? null,
  answered: row?.answered ?? null,
  previous: entry.previous?.toString('hex') ?? null,
  hash: entry.hash.toString('hex'),
  verified,
});
