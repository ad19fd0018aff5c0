import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CreateCampaign, Schedule } from '#shared/api/campaigns.ts';
import { Problem } from '../common/problem.ts';
import { versionNotFound } from '../flows/flow-problems.ts';
import { liveVersion } from '../flows/live-version.ts';
import { OrderedFlows } from '../flows/ordered-flows.service.ts';
import { orderSender } from '../orders/order-sender.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { isWall } from './wall-clock.ts';

/** What a campaign is to do. */
export type CampaignPlan = Pick<
  CreateCampaign,
  'flowId' | 'version' | 'sender' | 'audience' | 'schedule' | 'perMinute'
>;

/** What a plan names, found. */
export interface FoundPlan {
  versionId: string;
  senderId: string;
}

/** Holds the plan of a campaign against what there is; whatever is wrong is refused with its place. */
@Injectable()
export class CampaignPlans {
  constructor(
    private readonly worlds: WorldCache,
    private readonly flows: FlowCache,
    private readonly ordered: OrderedFlows,
    private readonly database: DataSource,
  ) {}

  /** A version in `kept` was looked at when it was chosen: it is not asked again whether it is live and may be ordered, beginning asks. */
  async find(
    workspaceId: string,
    { flowId, version, sender, audience, schedule }: CampaignPlan,
    kept: { flowId: string; version: number; versionId: string } | null = null,
  ): Promise<FoundPlan> {
    checkSchedule(schedule, audience.kind === 'file');
    const isKept = kept !== null && kept.flowId === flowId && kept.version === version;
    const versionId = isKept
      ? kept.versionId
      : await this.versionOf(workspaceId, flowId, version).catch(about('flowId'));
    const flow = (await this.flows.load([versionId])).get(versionId);
    const { id: senderId, world } = orderSender(await this.worlds.current(workspaceId), sender, flow);
    if (audience.kind === 'list' && !world.lists.has(audience.list))
      throw Problem.unprocessable('list.not-found', 'There is no such list.', { place: 'audience.list' });
    if (!isKept) await this.ordered.check(workspaceId, versionId).catch(about('flowId'));
    return { versionId, senderId };
  }

  /** The newest version of a flow, which has to be live. */
  mustBeLive(workspaceId: string, flowId: string): Promise<string> {
    return liveVersion(this.database, workspaceId, flowId);
  }

  private async versionOf(workspaceId: string, flowId: string, number?: number): Promise<string> {
    const newest = await this.mustBeLive(workspaceId, flowId);
    if (number === undefined) return newest;
    const [row]: { id: string }[] = await this.database.query(
      'select id from flow_versions where workspace_id = $1 and flow_id = $2 and number = $3',
      [workspaceId, flowId, number],
    );
    if (!row) throw versionNotFound();
    return row.id;
  }
}

/** Says of a refusal which place of the plan it is about. */
const about =
  (place: string) =>
  (error: unknown): never => {
    throw error instanceof Problem ? error.at(place) : error;
  };

function checkSchedule(schedule: Schedule, isFile: boolean): void {
  if (schedule.kind === 'now') return;
  if (!isWall(schedule.at))
    throw Problem.unprocessable('campaign.time', 'There is no such date and time.', { place: 'schedule.at' });
  if (schedule.kind === 'every' && isFile)
    throw Problem.unprocessable(
      'campaign.file-once',
      'A file is used once. Choose a list or a tag for a campaign that repeats.',
      { place: 'schedule.kind' },
    );
}
