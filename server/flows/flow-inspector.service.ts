import { Injectable } from '@nestjs/common';
import { inspect } from '#flows/definition/inspect.ts';
import type { Issue } from '#flows/definition/issue.ts';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { Clock } from '../common/clock.ts';
import { ExperimentsRepository } from '../experiments/experiments.repository.ts';
import { KeywordsRepository } from '../settings/keywords/keywords.repository.ts';
import { ListsRepository } from '../settings/lists/lists.repository.ts';
import { SendersRepository } from '../settings/senders/senders.repository.ts';
import { countriesOf, inspectSurroundings, type Surroundings } from './publish-rules.ts';

/** Holds a flow against its workspace: everything that is wrong or doubtful, in the drawing and around it. */
@Injectable()
export class FlowInspector {
  constructor(
    private readonly lists: ListsRepository,
    private readonly senders: SendersRepository,
    private readonly keywords: KeywordsRepository,
    private readonly experiments: ExperimentsRepository,
    private readonly clock: Clock,
  ) {}

  async inspect(workspaceId: string, flowId: string, flow: ParsedFlow): Promise<Issue[]> {
    const around = await this.around(workspaceId, flowId);
    const countries = countriesOf(flow, around);
    return [
      ...(countries.length > 0 ? inspect(flow, countries) : inspect(flow)),
      ...inspectSurroundings(flow, around),
    ];
  }

  private async around(workspaceId: string, flowId: string): Promise<Surroundings> {
    const triggers = await this.keywords.triggers(workspaceId);
    return {
      lists: await this.lists.keys(workspaceId),
      contests: await this.lists.contestKeys(workspaceId),
      vouchers: await this.lists.pools(workspaceId, new Date(this.clock.now())),
      senders: await this.senders.inWorkspace(workspaceId),
      triggers: triggers.filter(({ flow }) => flow.id !== flowId),
      experiments: await this.experiments.ownedByOthers(workspaceId, flowId),
    };
  }
}
