import { Injectable } from '@nestjs/common';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Transactions } from '../database/transactions.ts';
import { readDefinition, refusal } from './definition-door.ts';
import { acceptedIn } from './doubts.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { versionNotFound } from './flow-problems.ts';
import type { KnownProofs } from './proving/known-proofs.ts';
import { VersionsRepository } from './versions.repository.ts';

/** Holds versions against being begun with people who have not texted: a proof of a flow that only keywords start says nothing of that. */
@Injectable()
export class OrderedFlows {
  constructor(
    private readonly versions: VersionsRepository,
    private readonly proofs: FlowProofs,
    private readonly workspaces: WorkspacesRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Throws where a campaign with this version would break a promise that holds without it. */
  async check(
    workspaceId: string,
    versionId: string,
    known: KnownProofs = this.proofs.nothingKnown(),
  ): Promise<void> {
    const version = await this.versions.byId(versionId);
    if (!version || version.workspaceId !== workspaceId) throw versionNotFound();
    const flow = readDefinition(version.definition);
    const task = (ordered: boolean | null) =>
      this.proofs.task(workspaceId, version.flowId, flow, acceptedIn(version.doubts), { ordered });
    const found = await known.broken(await task(null), await task(true));
    const [first] = found;
    if (!first) return;
    const sentence = `“${flow.definition.name}” cannot be begun with people who have not texted: ${first.message} Mend and publish it first.`;
    throw refusal('flow.not-orderable', sentence, found);
  }

  /** Makes a campaign with this version begin, unless that would break a promise. It is proved before the workspace is locked. */
  async begin<Result>(workspaceId: string, versionId: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.proofs.nothingKnown();
    await this.check(workspaceId, versionId, known);
    return await this.transactions.run(async () => {
      await this.workspaces.lock(workspaceId);
      await this.check(workspaceId, versionId, known);
      return await work();
    });
  }
}
