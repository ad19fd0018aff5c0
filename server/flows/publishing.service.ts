import { Injectable } from '@nestjs/common';
import type { Issue } from '#flows/definition/issue.ts';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { sameLogic } from '#flows/definition/same.ts';
import type { Acceptance } from '#flows/prove/prove.ts';
import type { Found } from '#flows/prove/properties/property.ts';
import type { Doubt, Publish } from '#shared/api/flows.ts';
import type { Who } from '../accounts/who.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { Transactions } from '../database/transactions.ts';
import { ExperimentsRepository } from '../experiments/experiments.repository.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { readDefinition, refusal } from './definition-door.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { acceptedIn, doubtsOf, unexplained } from './doubts.ts';
import type { FlowEntity } from './flow.entity.ts';
import { FlowInspector } from './flow-inspector.service.ts';
import type { FlowVersionEntity } from './flow-version.entity.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { draftStale, flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import type { KnownProofs } from './proving/known-proofs.ts';
import { isTaken } from './taken.ts';
import { VersionsRepository } from './versions.repository.ts';

/** A draft that nothing but its proof may keep from being published, and the number it will have. */
interface FitDraft {
  flow: FlowEntity;
  parsed: ParsedFlow;
  number: number;
  issues: Issue[];
}

/** A finding as a refusal tells it. */
type Told = Issue & Pick<Found, 'witness'>;

/** Makes drafts into versions that answer people. In one workspace one publishes at a time, so no keyword is given twice. */
@Injectable()
export class Publishing {
  constructor(
    private readonly flows: FlowsRepository,
    private readonly versions: VersionsRepository,
    private readonly experiments: ExperimentsRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly inspector: FlowInspector,
    private readonly proofs: FlowProofs,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes the draft as the next version. `personId` is null for what the program publishes itself. It is proved before the
   * workspace is locked; under the lock, the proof counts where nothing it is about has changed.
   */
  async publish(
    who: Pick<Who, 'workspaceId'> & { personId: string | null },
    id: string,
    { revision, note, accepted = [] }: Publish,
  ): Promise<void> {
    const drawn = await this.refuseUnfit(await this.flows.find(who.workspaceId, id), revision, who.personId);
    const known = this.proofs.nothingKnown();
    await this.proofs.prove(who.workspaceId, id, drawn.parsed, accepted, known);
    await this.transactions.run(async () => {
      await this.workspaces.lock(who.workspaceId);
      const locked = await this.flows.lock(who.workspaceId, id);
      const { flow, parsed, number, issues } = await this.refuseUnfit(locked, revision, who.personId);
      const proof = await this.proofs.prove(who.workspaceId, id, parsed, accepted, known);
      const { findings, blocking, certificates } = proof;
      refuseErrors(blocking);
      const doubtful: Told[] = [...findings, ...issues];
      refuseUnexplained(unexplained(doubtful, accepted));
      await this.write(flow, parsed, {
        number,
        note: note || null,
        publishedBy: who.personId,
        certificates,
        doubts: doubtsOf(doubtful, accepted),
      });
    });
  }

  /** Refuses what needs no proof to be refused: a draft that has moved on, that is published already, or whose drawing is wrong. */
  private async refuseUnfit(
    flow: FlowEntity | null,
    revision: number,
    personId: string | null,
  ): Promise<FitDraft> {
    if (!flow) throw flowNotFound();
    if (flow.draftRevision !== revision)
      throw draftStale(flow.draftSavedBy !== null && flow.draftSavedBy === personId);
    const parsed = readDefinition(flow.draft);
    const number = await this.refuseUnchanged(flow, parsed);
    const issues = await this.inspector.inspect(flow.workspaceId, flow.id, parsed);
    refuseErrors(issues);
    return { flow, parsed, number, issues };
  }

  /**
   * Proves a paused flow's version as things stand now, and throws where it could not be published: keywords may have gone to another
   * flow meanwhile, lists and senders may be others. What it was published in spite of is wanted still. Returns what it is resumed in
   * spite of besides, for which there are reasons in `accepted`.
   */
  async checkResume(flow: FlowEntity, known: KnownProofs, accepted: readonly Acceptance[]): Promise<Doubt[]> {
    const version = flow.versionId === null ? null : await this.versions.byId(flow.versionId);
    if (!version) throw flowNotFound();
    const parsed = readDefinition(version.definition);
    const issues = await this.inspector.inspect(flow.workspaceId, flow.id, parsed);
    refuseErrors(issues);
    const before = acceptedIn(version.doubts);
    const all = [...before, ...accepted];
    const { findings, blocking } = await this.proofs.prove(flow.workspaceId, flow.id, parsed, all, known);
    refuseErrors(blocking);
    const doubtful: Told[] = unexplained([...findings, ...issues], before);
    refuseUnexplained(unexplained(doubtful, accepted));
    return doubtsOf(doubtful, accepted);
  }

  /** The number of the next version; throws when it would be the same as the last one. */
  private async refuseUnchanged(flow: FlowEntity, { definition }: ParsedFlow): Promise<number> {
    const last = flow.versionId === null ? null : await this.versions.byId(flow.versionId);
    if (last && sameLogic(readDefinition(last.definition).definition, definition)) {
      throw Problem.conflict('flow.nothing-changed', `Nothing has changed since version ${last.number}.`);
    }
    return (last?.number ?? 0) + 1;
  }

  private async write(
    flow: FlowEntity,
    parsed: ParsedFlow,
    version: Pick<FlowVersionEntity, 'number' | 'note' | 'publishedBy' | 'certificates' | 'doubts'>,
  ): Promise<void> {
    const now = this.clock.now();
    const at = new Date(now);
    const versionId = newId(now);
    const { workspaceId, id: flowId, conversations } = flow;
    const { definition } = parsed;
    await this.versions.add({
      ...version,
      id: versionId,
      workspaceId,
      flowId,
      definition,
      conversations,
      publishedAt: at,
    });
    await this.flows.goLive(flowId, versionId, at);
    await this.experiments.publish(
      demandsOf(parsed).experiments.map((drawn) => ({ ...drawn, workspaceId, flowId, startedAt: at })),
    );
    this.transactions.afterCommit(() => this.live.changed(workspaceId, 'flows'));
  }
}

/** Errors stop a flow; where keywords are all that is in the way, the refusal says so. */
function refuseErrors(issues: readonly Told[]): void {
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  if (errors.every(isTaken)) refuseTaken(errors);
  throw refusal('flow.not-publishable', firstOf(errors, 'to mend'), errors);
}

/** Whoever publishes in spite of something says why, for whoever wonders later. */
function refuseUnexplained(doubtful: readonly Told[]): void {
  if (doubtful.length === 0) return;
  const sentence = `Say why this is wanted, or mend it: ${firstOf(doubtful, 'to explain')}`;
  throw refusal('flow.needs-reason', sentence, doubtful);
}

function firstOf([first, ...rest]: readonly Told[], todo: string): string {
  const more =
    rest.length === 0 ? '' : ` And ${rest.length} more ${rest.length === 1 ? 'thing' : 'things'} ${todo}.`;
  return `${first?.message ?? ''}${more}`;
}

function refuseTaken(taken: readonly Issue[]): void {
  const [first] = taken;
  if (first) throw refusal('flow.keyword-taken', first.message, taken);
}
