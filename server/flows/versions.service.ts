import { Injectable } from '@nestjs/common';
import type { Version, VersionWithDefinition } from '#shared/api/flows.ts';
import type { Who } from '../accounts/who.ts';
import { flowNotFound, versionNotFound } from './flow-problems.ts';
import type { FlowVersionEntity } from './flow-version.entity.ts';
import { FlowsRepository } from './flows.repository.ts';
import { VersionsRepository } from './versions.repository.ts';

/** What was published, and when by whom. */
@Injectable()
export class Versions {
  constructor(
    private readonly versions: VersionsRepository,
    private readonly flows: FlowsRepository,
  ) {}

  async list(me: Who, flowId: string): Promise<Version[]> {
    if (!(await this.flows.find(me.workspaceId, flowId))) throw flowNotFound();
    return (await this.versions.ofFlow(me.workspaceId, flowId)).map(toVersion);
  }

  async show(me: Who, flowId: string, number: number): Promise<VersionWithDefinition> {
    const version = await this.versions.find(me.workspaceId, flowId, number);
    if (!version) throw versionNotFound();
    const { definition, conversations, certificates } = version;
    return { ...toVersion(version), definition, conversations, certificates };
  }
}

const toVersion = ({ id, number, note, doubts, publishedAt, publisher }: FlowVersionEntity): Version => ({
  id,
  number,
  note,
  doubts,
  publishedAt: publishedAt.toISOString(),
  publishedBy: publisher?.name ?? null,
});
