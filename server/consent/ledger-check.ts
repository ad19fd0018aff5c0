import { Injectable } from '@nestjs/common';
import { type Flaw, flawOf, isForgotten, mayBeForgotten, type StoredEntry } from './chain.ts';
import { Anchors } from './anchors.service.ts';
import { pagesInChain } from './in-chain.ts';
import { LedgerRepository, type Standing } from './ledger.repository.ts';

/**
 * The first thing found wrong. `head`: the consent does not stand as its last entry says; `number`: the contact has another number than
 * agreed; `anchor`: a day is not as it was sealed.
 */
export interface Broken {
  what: Flaw | 'head' | 'number' | 'anchor';
  contactId: string | null;
  scope: string | null;
  entryId: string | null;
  /** A day, or the moment of the entry. */
  at: string;
}

/** What was walked, and the first broken link. */
export interface LedgerReport {
  entries: number;
  erased: number;
  contacts: number;
  anchors: number;
  broken: Broken | null;
}

/** Walks the chains of a workspace's consent ledger: every entry, every consent's head, every sealed day. Memory stays flat. */
@Injectable()
export class LedgerCheck {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly anchors: Anchors,
  ) {}

  verify(workspaceId: string): Promise<LedgerReport> {
    return this.ledger.atOneMoment(() => this.walk(workspaceId));
  }

  private async walk(workspaceId: string): Promise<LedgerReport> {
    const report: LedgerReport = { entries: 0, erased: 0, contacts: 0, anchors: 0, broken: null };
    let heads = new Map<string, StoredEntry>();
    let contactId: string | null = null;
    for await (const page of pagesInChain(this.ledger.entries(workspaceId))) {
      const standings = await this.standings(workspaceId, page, heads);
      for (const entry of page) {
        if (entry.contactId !== contactId) {
          report.broken ??= headless(contactId, heads, standings);
          [contactId, heads] = [entry.contactId, new Map()];
          report.contacts++;
        }
        const flaw = flawOf(entry, heads.get(entry.scope) ?? null);
        if (flaw) report.broken ??= brokenAt(flaw, entry);
        if (report.broken) return report;
        heads.set(entry.scope, entry);
        report.entries++;
        if (isForgotten(entry)) report.erased++;
      }
    }
    report.broken ??= headless(contactId, heads, await this.standings(workspaceId, [], heads));
    const baseless = await this.ledger.baseless(workspaceId);
    if (baseless) report.broken ??= { what: 'head', ...baseless, entryId: null, at: '' };
    const misnumbered = await this.ledger.misnumbered(workspaceId);
    if (misnumbered)
      report.broken ??= { what: 'number', ...misnumbered, at: new Date(misnumbered.at).toISOString() };
    if (report.broken) return report;
    const { checked, broken } = await this.anchors.verify(workspaceId);
    report.anchors = checked;
    if (broken !== null)
      report.broken = { what: 'anchor', contactId: null, scope: null, entryId: null, at: broken };
    return report;
  }

  /** How the consents stand of everybody in a page and of the one before it. */
  private async standings(
    workspaceId: string,
    page: readonly StoredEntry[],
    heads: ReadonlyMap<string, StoredEntry>,
  ): Promise<ReadonlyMap<string, Standing>> {
    const ids = new Set([...page, ...heads.values()].map((entry) => entry.contactId));
    const rows = await this.ledger.standings(workspaceId, [...ids]);
    return new Map(rows.map((row) => [`${row.contactId} ${row.scope}`, row]));
  }
}

/** A scope whose consent is not what its last entry says, or that has no entry. */
function headless(
  contactId: string | null,
  heads: ReadonlyMap<string, StoredEntry>,
  standings: ReadonlyMap<string, Standing>,
): Broken | null {
  if (contactId === null) return null;
  for (const entry of heads.values()) {
    const stands = standings.get(`${contactId} ${entry.scope}`);
    if (!stands || !isAsSaid(stands, entry)) return brokenAt('head', entry);
    if (isForgotten(entry) && !mayBeForgotten(entry)) return brokenAt('evidence', entry);
  }
  for (const { contactId: whose, scope } of standings.values())
    if (whose === contactId && !heads.has(scope))
      return { what: 'head', contactId, scope, entryId: null, at: '' };
  return null;
}

/** Whose consent was given before it was noted, so that it may have begun earlier. */
const GIVEN_EARLIER = ['import', 'implied'];

/** Whether a consent is what its last entry says: how long it lasts hangs on why and since when it stands. */
function isAsSaid({ head, state, because, since }: Standing, entry: StoredEntry): boolean {
  if (!head.equals(entry.hash) || state !== entry.to) return false;
  if (because !== null && because !== entry.because) return false;
  return GIVEN_EARLIER.includes(entry.because) ? since <= entry.at : since === entry.at;
}

const brokenAt = (what: Broken['what'], { contactId, scope, id, at }: StoredEntry): Broken => ({
  what,
  contactId,
  scope,
  entryId: id,
  at: new Date(at).toISOString(),
});
