import { Injectable } from '@nestjs/common';
import { demandsOf } from '#flows/engine/demands.ts';
import { flatten } from '#flows/engine/flatten.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { readDefinition } from './definition-door.ts';
import { VersionsRepository } from './versions.repository.ts';

/** What live flows ask of their workspace. */
@Injectable()
export class LiveDemands {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly versions: VersionsRepository,
  ) {}

  /**
   * The name of a live flow that names something, or that holds a flow that does; null where none does. Nobody publishes one until the
   * transaction ends, so whoever removes the thing asks this first, before it is locked itself.
   */
  async holdNaming(workspaceId: string, what: 'contests' | 'vouchers', key: string): Promise<string | null> {
    await this.workspaces.lock(workspaceId);
    for (const { definition } of await this.versions.live(workspaceId)) {
      const flow = readDefinition(definition);
      if (demandsOf(flatten(flow))[what].some((named) => named.key === key)) return flow.definition.name;
    }
    return null;
  }
}
