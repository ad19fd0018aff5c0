import { Injectable } from '@nestjs/common';
import { policyFor } from '#flows/engine/consent/terms.ts';
import { outline } from '#flows/engine/outline.ts';
import type { PublishedFlow } from '#flows/engine/world.ts';
import type { PendingConsent } from '#shared/api/consent.ts';
import { FlowCache } from '../../runtime/flow-cache.ts';
import { type OpenRun, PendingRepository, type PendingRow } from './pending.repository.ts';

/** Says of consents that are not confirmed yet what they wait for: the ledger only knows since when. */
@Injectable()
export class PendingConsents {
  constructor(
    private readonly pending: PendingRepository,
    private readonly flows: FlowCache,
  ) {}

  async ofContact(workspaceId: string, contactId: string): Promise<PendingConsent[]> {
    const rows = await this.pending.ofContact(workspaceId, contactId);
    if (rows.length === 0) return [];
    const runs = await this.pending.openRuns(workspaceId, contactId);
    const flows = await this.flows.load(new Set(runs.map(({ versionId }) => versionId)));
    const age = await this.pending.age(workspaceId, contactId);
    return rows.map((row) => {
      const run = runs.find((one) => asksFor(row.key, one, flows.get(one.versionId)));
      return toldOf(row, run ?? null, age);
    });
  }
}

/** Whether a run waits for the confirmation that a list asks for. */
function asksFor(list: string, { node }: OpenRun, flow: PublishedFlow | undefined): boolean {
  const bound = flow?.compiled.nodes.get(node);
  if (!bound) return false;
  return outline(bound).requests.some(
    ({ request }) => request.kind === 'subscribe' && request.list === list && request.proof === 'double',
  );
}

function toldOf(row: PendingRow, run: OpenRun | null, age: number | null): PendingConsent {
  const { key, name, because, since, lapsesAt, asked } = row;
  return {
    list: { key, name },
    since: since.toISOString(),
    lapsesAt: lapsesAt?.toISOString() ?? null,
    waitsFor: reasonOf(row, run, age),
    question: run
      ? {
          text: run.text,
          askedAt: (run.askedAt ?? since).toISOString(),
          until: run.until?.toISOString() ?? null,
          flow: { id: run.flowId, name: run.flowName },
          runId: run.id,
        }
      : because === 'asked'
        ? { text: asked, askedAt: since.toISOString(), until: null, flow: null, runId: null }
        : null,
  };
}

/** Without the age that the list is for no yes confirms anybody, so that is told first. */
function reasonOf(row: PendingRow, run: OpenRun | null, age: number | null): PendingConsent['waitsFor'] {
  const { minimumAge, optIn } = policyFor(row, row.phone);
  if (minimumAge != null && (age === null || age < minimumAge)) return 'age';
  if (run) return 'reply';
  if (row.because === 'asked') return 'asking-again';
  return optIn === 'double' ? 'question' : 'word';
}
