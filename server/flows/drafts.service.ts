import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { parse } from '#flows/definition/parse.ts';
import { sameLogic } from '#flows/definition/same.ts';
import type { SaveDraft, SavedDraft } from '#shared/api/flows.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { Transactions } from '../database/transactions.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { readDefinition } from './definition-door.ts';
import type { FlowEntity } from './flow.entity.ts';
import { FlowInspector } from './flow-inspector.service.ts';
import { draftStale, flowNotFound, versionNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { VersionsRepository } from './versions.repository.ts';

/** The one draft of each flow. */
@Injectable()
export class Drafts {
  constructor(
    private readonly flows: FlowsRepository,
    private readonly versions: VersionsRepository,
    private readonly inspector: FlowInspector,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  /** Saves what parses, however unfinished, unless somebody saved since `revision`. */
  async save(me: Who, id: string, { definition, revision }: SaveDraft): Promise<SavedDraft> {
    const parsed = readDefinition(definition);
    const flow = await this.flows.find(me.workspaceId, id);
    if (!flow) throw flowNotFound();
    const saved = await this.write(me, flow, revision, parsed);
    return { ...saved, issues: await this.inspector.inspect(me.workspaceId, id, parsed) };
  }

  /** Copies a version into the draft, its golden conversations with it. */
  async restore(me: Who, id: string, number: number): Promise<void> {
    const version = await this.versions.find(me.workspaceId, id, number);
    if (!version) throw versionNotFound();
    await this.transactions.run(async () => {
      const flow = await this.flows.lock(me.workspaceId, id);
      if (!flow) throw flowNotFound();
      await this.write(me, flow, flow.draftRevision, readDefinition(version.definition));
      await this.flows.saveConversations(me.workspaceId, id, flow.conversationsRevision, {
        conversations: version.conversations,
        updatedAt: new Date(this.clock.now()),
      });
    });
  }

  private async write(
    { personId }: Who,
    flow: FlowEntity,
    revision: number,
    { definition }: ParsedFlow,
  ): Promise<Omit<SavedDraft, 'issues'>> {
    const changed = await this.differs(flow, definition);
    const next = await this.flows.saveDraft(flow.workspaceId, flow.id, revision, {
      name: definition.name,
      draft: definition,
      draftSavedBy: personId,
      changed,
      updatedAt: new Date(this.clock.now()),
    });
    if (next === null) {
      const saved = await this.flows.find(flow.workspaceId, flow.id);
      throw draftStale(saved?.draftSavedBy === personId);
    }
    this.transactions.afterCommit(() => this.live.changed(flow.workspaceId, 'flows'));
    return { revision: next, changed };
  }

  private async differs(flow: FlowEntity, draft: ParsedFlow['definition']): Promise<boolean> {
    const version = flow.versionId === null ? null : await this.versions.byId(flow.versionId);
    const published = version ? parse(version.definition).definition : null;
    return published === null || !sameLogic(published, draft);
  }
}
