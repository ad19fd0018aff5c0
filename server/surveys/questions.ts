import { Injectable } from '@nestjs/common';
import { nps } from '#flows/nodes/nps/definition.ts';
import type { SurveySummary } from '#shared/api/surveys.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { type AskingFlow, SurveysRepository } from './surveys.repository.ts';

/** A question for a score: its flow, and the name under which that keeps the score. */
export interface Question extends Pick<SurveySummary, 'flow' | 'answer' | 'name'> {
  workspaceId: string;
}

/** Finds where flows ask for a score. */
@Injectable()
export class Questions {
  constructor(
    private readonly surveys: SurveysRepository,
    private readonly flows: FlowCache,
  ) {}

  /** Of one workspace or of every one; of one flow or of all. */
  async all(workspaceId: string | null, flowId: string | null = null): Promise<Question[]> {
    const asking = await this.surveys.asking(workspaceId, flowId);
    const all: Question[] = [];
    for (const flow of asking) all.push(...(await this.of(flow)));
    return all;
  }

  /** Every name under which a version of the flow keeps a score; called as the newest of them calls it. */
  private async of({ workspaceId, id, name, versions }: AskingFlow): Promise<Question[]> {
    const flows = await this.flows.load(versions);
    const found = new Map<string, Question>();
    for (const version of versions) {
      for (const node of flows.get(version)?.compiled.nodes.values() ?? []) {
        if (node.kind !== nps.kind) continue;
        const answer = node.sets[0]?.replace(/^answers\./, '') ?? '';
        found.set(answer, { workspaceId, flow: { id, name }, answer, name: node.title ?? nps.title });
      }
    }
    return [...found.values()];
  }
}
