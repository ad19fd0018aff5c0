import { Injectable } from '@nestjs/common';
import type {
  ChangeFlow,
  CreatedFlow,
  CreateFlow,
  Flow,
  FlowSummary,
  FlowsQuery,
  FlowStatus,
  Needs,
  Traffic,
} from '#shared/api/flows.ts';
import type { Page } from '#shared/api/common.ts';
import type { SavedConversation } from '#shared/api/conversations.ts';
import { startWith } from '#flows/definition/change-word.ts';
import { readFlowFile } from '#flows/definition/flow-file.ts';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { SCHEMA_VERSION } from '#flows/definition/schema.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { Transactions } from '../database/transactions.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { Lists } from '../settings/lists/lists.service.ts';
import { readDefinition, refusal } from './definition-door.ts';
import type { FlowEntity } from './flow.entity.ts';
import { FlowInspector } from './flow-inspector.service.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { Golden } from './golden.service.ts';
import { nextStatus } from './flow-status.ts';
import { Publishing } from './publishing.service.ts';
import { TrafficRepository } from './traffic.repository.ts';
import { VersionsRepository } from './versions.repository.ts';

/** Who makes a flow; the demo's are nobody's. */
type Maker = Pick<Who, 'workspaceId'> & { personId: string | null };

/** Flows as a whole: finding, making, copying, pausing. */
@Injectable()
export class Flows {
  constructor(
    private readonly flows: FlowsRepository,
    private readonly versions: VersionsRepository,
    private readonly traffics: TrafficRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly lists: Lists,
    private readonly golden: Golden,
    private readonly inspector: FlowInspector,
    private readonly publishing: Publishing,
    private readonly proofs: FlowProofs,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  page(me: Who, query: FlowsQuery): Promise<Page<FlowSummary>> {
    return this.flows.page(me.workspaceId, query, this.clock.now());
  }

  async show(me: Who, id: string): Promise<Flow> {
    const summary = await this.flows.summary(me.workspaceId, id, this.clock.now());
    const flow = await this.flows.findWithSaver(me.workspaceId, id);
    if (!summary || !flow) throw flowNotFound();
    const { draftSaver: saver } = flow;
    const parsed = readDefinition(flow.draft);
    return {
      ...summary,
      definition: parsed.definition,
      revision: flow.draftRevision,
      savedBy: saver ? { id: saver.id, name: saver.name } : null,
      issues: await this.inspector.inspect(me.workspaceId, id, parsed),
    };
  }

  async create({ workspaceId, personId }: Maker, input: CreateFlow): Promise<CreatedFlow> {
    const source = readFlowFile(this.sourceOf(input));
    if (source.issues[0]) throw refusal('conversations.shape', source.issues[0].message, source.issues);
    const drawn = readDefinition(source.definition);
    const template = TEMPLATES.find(({ id }) => id === input.template);
    const given = template?.conversations ?? input.conversations ?? source.conversations ?? [];
    const { definition, conversations } = startWith(drawn.definition, given, input.keyword ?? null);
    const parsed = readDefinition({ ...definition, name: input.name });
    return await this.transactions.run(async () => {
      if (!template) return await this.add({ workspaceId, personId }, parsed, conversations);
      await this.lists.ensure(workspaceId, template);
      const heard = await this.golden.asHeardHere(workspaceId, parsed, conversations);
      return await this.add({ workspaceId, personId }, parsed, heard);
    });
  }

  async duplicate(me: Who, id: string): Promise<CreatedFlow> {
    const flow = await this.flows.find(me.workspaceId, id);
    if (!flow) throw flowNotFound();
    const { definition } = readDefinition(flow.draft);
    const copy = readDefinition({ ...definition, name: copyName(definition.name) });
    return await this.add(me, copy, flow.conversations);
  }

  async change(me: Who, id: string, { status, accepted = [] }: ChangeFlow): Promise<void> {
    const now = await this.flows.find(me.workspaceId, id);
    if (!now) throw flowNotFound();
    const known = this.proofs.nothingKnown();
    if (isResumed(now, nextStatus(now, status))) await this.publishing.checkResume(now, known, accepted);
    await this.transactions.run(async () => {
      await this.workspaces.lock(me.workspaceId);
      const flow = await this.flows.lock(me.workspaceId, id);
      if (!flow) throw flowNotFound();
      const next = nextStatus(flow, status);
      if (isResumed(flow, next)) {
        const doubts = await this.publishing.checkResume(flow, known, accepted);
        if (flow.versionId !== null) await this.versions.addDoubts(flow.versionId, doubts);
      }
      await this.setStatus(flow, next);
    });
  }

  /** Adds what is missing of the lists, contests and pools of vouchers that a flow names. */
  async provide(me: Who, id: string, needs: Needs): Promise<void> {
    if (!(await this.flows.find(me.workspaceId, id))) throw flowNotFound();
    await this.lists.ensure(me.workspaceId, needs);
  }

  async traffic(me: Who, id: string): Promise<Traffic> {
    if (!(await this.flows.find(me.workspaceId, id))) throw flowNotFound();
    return await this.traffics.ofFlow(me.workspaceId, id);
  }

  private async setStatus(flow: FlowEntity, status: FlowStatus): Promise<void> {
    if (status === flow.status) return;
    await this.flows.setStatus(flow.id, status, new Date(this.clock.now()));
    this.transactions.afterCommit(() => this.live.changed(flow.workspaceId, 'flows'));
  }

  private async add(
    { workspaceId, personId }: Maker,
    flow: ParsedFlow,
    conversations: SavedConversation[],
  ): Promise<CreatedFlow> {
    const { definition: draft } = flow;
    const now = this.clock.now();
    const id = newId(now);
    const at = new Date(now);
    await this.flows.add({
      id,
      workspaceId,
      name: draft.name,
      status: 'draft',
      draft,
      draftRevision: 1,
      draftSavedBy: personId,
      conversations,
      conversationsRevision: 1,
      versionId: null,
      changed: true,
      createdAt: at,
      updatedAt: at,
    });
    this.transactions.afterCommit(() => this.live.changed(workspaceId, 'flows'));
    return { id, issues: await this.inspector.inspect(workspaceId, id, flow) };
  }

  private sourceOf({ name, template, definition }: CreateFlow): unknown {
    if (template === undefined) return definition === undefined ? emptyFlow(name) : definition;
    const found = TEMPLATES.find(({ id }) => id === template);
    if (found) return found.definition;
    throw Problem.unprocessable('flow.template-unknown', 'There is no such template.', { place: 'template' });
  }
}

const isResumed = ({ status }: FlowEntity, next: FlowStatus): boolean => next === 'live' && status !== 'live';

const emptyFlow = (name: string) => ({
  schemaVersion: SCHEMA_VERSION,
  name,
  nodes: [],
  edges: [],
  start: null,
});

/** "Club" → "Club (copy)", within what a name may be long. */
const copyName = (name: string): string => `${name.slice(0, 110)} (copy)`;
