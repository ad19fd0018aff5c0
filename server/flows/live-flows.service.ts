import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { flatten } from '#flows/engine/flatten.ts';
import type { Finding } from '#flows/prove/prove.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Transactions } from '../database/transactions.ts';
import { SettingChanges } from '../settings/setting-changes.ts';
import { readDefinition, refusal } from './definition-door.ts';
import { demandsOf } from './demands.ts';
import { acceptedIn } from './doubts.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { type AroundFlows, ProofWorlds } from './proof-worlds.repository.ts';
import { VersionsRepository } from './versions.repository.ts';

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
   * stood against it before is not held against the change.
   */
  private during<Result>(workspaceId: string, change: () => Promise<Result>): Promise<Result> {
    return this.transactions.run(async () => {
      await this.workspaces.lock(workspaceId);
      const before = await this.worlds.around(workspaceId);
      const result = await change();
      const after = await this.worlds.around(workspaceId);
      for (const version of await this.versions.live(workspaceId)) {
        const flow = readDefinition(version.definition);
        if (!isConcerned(flow, before, after)) continue;
        const prove = (around: AroundFlows) =>
          this.proofs.blocking(workspaceId, version.flowId, flow, acceptedIn(version.doubts), around);
        const found = await prove(after);
        const known = new Set(found.length > 0 ? (await prove(before)).map(placed) : []);
        refuseBroken(
          flow,
          found.filter((finding) => !known.has(placed(finding))),
        );
      }
      return result;
    });
  }
}

const placed = ({ code, place }: Finding): string => JSON.stringify([code, place]);

/** Whether a list that it asks about has other terms, or a sender that it listens on is another. */
function isConcerned(flow: ParsedFlow, before: AroundFlows, after: AroundFlows): boolean {
  const isOther = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
  const { triggers } = flow.definition;
  const listening = ({ senders }: AroundFlows) =>
    triggers.length === 0
      ? senders
      : senders.filter(({ address }) => triggers.some(({ sender }) => sender === '*' || sender === address));
  return (
    demandsOf(flatten(flow)).lists.some(({ key }) => isOther(before.lists[key], after.lists[key])) ||
    isOther(listening(before), listening(after))
  );
}

function refuseBroken({ definition }: ParsedFlow, found: readonly Finding[]): void {
  const [first] = found;
  if (!first) return;
  const sentence = `“${definition.name}” is live and could not be published like this: ${first.message} Mend and publish it first, or pause it.`;
  throw refusal('flow.would-break', sentence, found);
}
