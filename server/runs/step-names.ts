import { Injectable } from '@nestjs/common';
import type { PublishedFlow } from '#flows/engine/world.ts';
import { nodeKind } from '#flows/registry.ts';
import { FlowCache } from '../runtime/flow-cache.ts';

/** What the places outside a drawing are called. */
const PLACES: Readonly<Record<string, string>> = {
  $start: 'Start',
  $ended: 'End',
  '$not-reached': 'Could not be texted',
  '$dead-end': 'Dead end',
  $stopped: 'Said STOP',
  $cancelled: 'Cancelled',
  $failed: 'Failed',
};

/** Names a step of a version for people: its title, or what steps of its kind are called. */
export type NameStep = (versionId: string, node: string) => string;

/** Knows what the steps of published versions are called. */
@Injectable()
export class StepNames {
  constructor(private readonly flows: FlowCache) {}

  /** Names the steps of these versions. */
  async of(versionIds: Iterable<string>): Promise<NameStep> {
    const flows = await this.flows.load(new Set(versionIds));
    return (versionId, node) => PLACES[node] ?? stepName(flows.get(versionId), node);
  }
}

function stepName(flow: PublishedFlow | undefined, node: string): string {
  const bound = flow?.compiled.nodes.get(node);
  return bound?.title ?? (bound ? nodeKind(bound.kind)?.title : undefined) ?? node;
}
