import { Injectable } from '@nestjs/common';
import type { Issue } from '#flows/definition/issue.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Transactions } from '../database/transactions.ts';
import { readDefinition, refusal, toProblemIssue } from './definition-door.ts';
import { acceptedIn } from './doubts.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { versionNotFound } from './flow-problems.ts';
import type { KnownProofs } from './proving/known-proofs.ts';
import type { ProofTask } from './proving/prove-in-worlds.ts';
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
    const { name, before, after } = await this.tasks(workspaceId, versionId);
    const found = await known.broken(before, after);
    const [first] = found;
    if (!first) return;
    const sentence = `“${name}” cannot be begun with people who have not texted: ${first.message} Mend and publish it first.`;
    throw refusal('flow.not-orderable', sentence, found);
  }

  /**
   * All that is wrong with this version once a campaign begins it, and is not without one: errors, for which it would be refused, before
   * warnings, each with the conversation that shows it.
   */
  async findings(workspaceId: string, versionId: string): Promise<ProblemIssue[]> {
    const known = this.proofs.nothingKnown();
    const { before, after } = await this.tasks(workspaceId, versionId);
    const found = (await known.of(after)).findings.filter(({ accepted }) => accepted === undefined);
    if (found.length === 0) return [];
    const old = new Set((await known.of(before)).findings.map(keyOf));
    return found
      .filter((finding) => !old.has(keyOf(finding)))
      .sort((a, b) => rank(a) - rank(b))
      .map(toProblemIssue);
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

  /** What is to be proved of a version as its keywords start it, and as a campaign does. */
  private async tasks(
    workspaceId: string,
    versionId: string,
  ): Promise<{ name: string; before: ProofTask; after: ProofTask }> {
    const version = await this.versions.byId(versionId);
    if (!version || version.workspaceId !== workspaceId) throw versionNotFound();
    const flow = readDefinition(version.definition);
    const task = (ordered: boolean | null) =>
      this.proofs.task(workspaceId, version.flowId, flow, acceptedIn(version.doubts), { ordered });
    return { name: flow.definition.name, before: await task(null), after: await task(true) };
  }
}

const keyOf = ({ code, severity, place }: Issue): string => JSON.stringify([code, severity, place]);
const rank = ({ severity }: Issue): number => (severity === 'error' ? 0 : 1);
