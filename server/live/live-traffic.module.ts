import { Module } from '@nestjs/common';
import { BatchWatch } from '../inbound/batch-watch.ts';
import type { BatchResult } from '../inbound/batch.ts';
import { TextPathModule } from '../text-path.module.ts';
import type { PublishedBatch } from './beat.ts';
import { LiveFeed } from './live-feed.ts';
import { LiveModule } from './live.module.ts';

/** Tells the live feed what each batch did, after its commit. */
@Module({ imports: [TextPathModule, LiveModule] })
export class LiveTrafficModule {
  constructor(watch: BatchWatch, feed: LiveFeed) {
    watch.onCommitted((result) => {
      for (const batch of publishedBatches(result)) feed.published(batch);
      tellTeams(result, feed);
    });
  }
}

/** Notices of one batch that are shown at once; the list has the others. */
const MOST_NOTICES = 5;

function tellTeams({ decided }: BatchResult, feed: LiveFeed): void {
  let told = 0;
  for (const { work, contactId, effects } of decided) {
    for (const effect of effects) {
      if (effect.kind !== 'notify' || ++told > MOST_NOTICES) continue;
      feed.notice(work.workspaceId, { id: effect.id, text: effect.text, contactId });
    }
  }
}

/** A batch may serve several workspaces; each hears of its own. */
function publishedBatches(result: BatchResult): PublishedBatch[] {
  const batches = new Map<
    string,
    { inbound: number; outbound: number; ids: string[]; passages: PublishedBatch['passages'][number][] }
  >();
  const of = (workspaceId: string) => {
    const known = batches.get(workspaceId);
    if (known) return known;
    const made = { inbound: 0, outbound: 0, ids: [], passages: [] };
    batches.set(workspaceId, made);
    return made;
  };
  for (const [work, answer] of result.answers) {
    if (work.kind !== 'text' || answer.duplicate) continue;
    const batch = of(work.workspaceId);
    batch.inbound++;
    batch.ids.push(work.id);
  }
  for (const { work, effects } of result.decided) {
    for (const effect of effects) {
      if (effect.kind !== 'send') continue;
      const batch = of(work.workspaceId);
      batch.outbound++;
      batch.ids.push(effect.id);
    }
  }
  for (const { workspaceId, flowId, node, port, count } of result.counters.passages())
    of(workspaceId).passages.push({ flowId, node, port, count });
  return [...batches].map(([workspaceId, { inbound, outbound, ids, passages }]) => ({
    workspaceId,
    inbound,
    outbound,
    messageIds: () => ids.toSorted(),
    passages,
  }));
}
