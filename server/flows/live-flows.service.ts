import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { flatten } from '#flows/engine/flatten.ts';
import type { Finding } from '#flows/prove/finding.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Transactions } from '../database/transactions.ts';
import { SettingChanges } from '../settings/setting-changes.ts';
import { readDefinition, refusal } from './definition-door.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { acceptedIn } from './doubts.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { listeningSenders } from './listening-senders.ts';
import { type AroundFlows, ProofWorlds } from './proof-worlds.repository.ts';
import type { KnownProofs } from './proving/known-proofs.ts';
import type { ProofTask } from './proving/prove-in-worlds.ts';
import { VersionsRepository } from './versions.repository.ts';

/** A live flow that a change concerns, and what is to be proved of it with things as they were and as they would be. */
interface Concerned {
  flow: ParsedFlow;
  before: ProofTask;
  after: ProofTask;
}

/** Holds what is live against changes around it: what was proved when it was published has to stay true. */
@Injectable()
export class LiveFlows implements OnModuleInit {
  constructor(
    private readonly changes: SettingChanges,
    private readonly worlds: ProofWorlds,
    private readonly versions: VersionsRepository,
    private readonly proofs: FlowProofs,
    private readonly workspaces: WorkspacesRepository,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.changes.watch((workspaceId, change) => this.during(workspaceId, change));
  }

  /**
   * Makes a change around the flows of a workspace, unless a live flow that it concerns could not be published any more as it is. What
   * stood against it before is not held against the change. It is rehearsed first, so that flows are proved before the workspace is
   * locked; under the lock those proofs count where nothing they are about has changed.
   */
  private async during<Result>(workspaceId: string, change: () => Promise<Result>): Promise<Result> {
    const known = this.proofs.nothingKnown();
    const rehearsed = await this.transactions.rehearse(() => this.make(workspaceId, change));
    await refuseBroken(rehearsed.concerned, known);
    return await this.transactions.run(async () => {
      await this.workspaces.lock(workspaceId);
      const { result, concerned } = await this.make(workspaceId, change);
      await refuseBroken(concerned, known);
      return result;
    });
  }

  private async make<Result>(
    workspaceId: string,
    change: () => Promise<Result>,
  ): Promise<{ result: Result; concerned: Concerned[] }> {
    const before = await this.worlds.around(workspaceId);
    const result = await change();
    const after = await this.worlds.around(workspaceId);
    const concerned: Concerned[] = [];
    for (const { flowId, definition, doubts } of await this.versions.live(workspaceId)) {
      const flow = readDefinition(definition);
      if (!isConcerned(flow, before, after)) continue;
      const task = (around: AroundFlows) =>
        this.proofs.task(workspaceId, flowId, flow, acceptedIn(doubts), { around });
      concerned.push({ flow, before: await task(before), after: await task(after) });
    }
    return { result, concerned };
  }
}

/**
 * Whether a list that it asks about has other terms, or a sender that it listens on, with its program, is another. Without any sender
 * nobody is texted: flows are held against the next one that comes.
 */
function isConcerned(flow: ParsedFlow, before: AroundFlows, after: AroundFlows): boolean {
  const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
  const { triggers } = flow.definition;
  const listening = ({ senders }: AroundFlows) =>
    triggers.length === 0 ? senders : listeningSenders(triggers, senders);
  return (
    demandsOf(flatten(flow)).lists.some(({ key }) => isOther(before.lists[key], after.lists[key])) ||
    (after.senders.length > 0 && isOther(listening(before), listening(after)))
  );
}

async function refuseBroken(concerned: readonly Concerned[], known: KnownProofs): Promise<void> {
  for (const { flow, before, after } of concerned) {
    const found: Finding[] = await known.broken(before, after);
    const [first] = found;
    if (!first) continue;
    const sentence = `“${flow.definition.name}” is live and could not be published like this: ${first.message} Mend and publish it first, or pause it.`;
    throw refusal('flow.would-break', sentence, found);
  }
}
