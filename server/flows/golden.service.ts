import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { proofWorld } from '#flows/prove/world.ts';
import type { GoldenSet, SavedConversation, SavedGoldenSet } from '#shared/api/conversations.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { conversationsStale, flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { ProofWorlds } from './proof-worlds.repository.ts';

/** The golden conversations of drafts: how a flow is meant to go. They have a revision of their own, apart from the drawing's. */
@Injectable()
export class Golden {
  constructor(
    private readonly flows: FlowsRepository,
    private readonly proofWorlds: ProofWorlds,
    private readonly clock: Clock,
  ) {}

  async show(me: Who, id: string): Promise<GoldenSet> {
    const flow = await this.flows.find(me.workspaceId, id);
    if (!flow) throw flowNotFound();
    return { conversations: flow.conversations, revision: flow.conversationsRevision };
  }

  /** Saves them all, unless somebody saved some since `revision`. */
  async save(me: Who, id: string, { conversations, revision }: GoldenSet): Promise<SavedGoldenSet> {
    const updatedAt = new Date(this.clock.now());
    const next = await this.flows.saveConversations(me.workspaceId, id, revision, {
      conversations,
      updatedAt,
    });
    if (next !== null) return { revision: next };
    throw (await this.flows.find(me.workspaceId, id)) ? conversationsStale() : flowNotFound();
  }

  /** A template's conversations as they read in this workspace, whose program has its own name and words. */
  async asHeardHere(
    workspaceId: string,
    flow: ParsedFlow,
    conversations: readonly SavedConversation[],
  ): Promise<SavedConversation[]> {
    const [world = proofWorld()] = await this.proofWorlds.of(workspaceId, null, flow);
    const { results } = playGolden(flow, conversations, world);
    return conversations.map((one, at) => ({ ...one, lines: results[at]?.happened ?? one.lines }));
  }
}
