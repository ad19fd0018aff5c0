import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Server } from 'socket.io';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { BeatDraft, type PublishedBatch } from './beat.ts';
import { MinuteCount } from './minute-count.ts';

/** The socket.io server, knowing the events of `shared/api/live.ts`. */
export type LiveServer = Server<ClientEvents, ServerEvents>;

/** Four beats a second at most, and one every two seconds while the rate still falls. */
const BEAT_EVERY = 250;
const FALL_EVERY = 2_000;

interface Traffic {
  readonly minute: MinuteCount;
  draft: BeatDraft | null;
  /** Set while a beat is waited for or being made: then the next waits. */
  busy: boolean;
  lastSent: LiveBeat['perMinute'];
}

/**
 * Tells open pages what happens. The runtime calls `published` after each commit; that costs a few additions as long as
 * nobody watches. Whoever changes what lists show calls `changed`.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly traffic = new Map<string, Traffic>();
  private server: LiveServer | null = null;
  private readonly falling: NodeJS.Timeout;

  constructor(
    private readonly messages: MessagesRepository,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.falling = setInterval(() => this.showFalling(), FALL_EVERY).unref();
  }

  /** Where pages are connected; until then nobody watches. */
  attach(server: LiveServer): void {
    this.server = server;
  }

  onModuleDestroy(): void {
    clearInterval(this.falling);
    this.server = null;
  }

  /** What a batch of the runtime did. Called after its commit; never throws. */
  published(batch: PublishedBatch): void {
    const traffic = this.trafficOf(batch.workspaceId);
    traffic.minute.add(this.clock.now(), batch.inbound, batch.outbound);
    if (!this.isWatched(batch.workspaceId)) return;
    traffic.draft ??= new BeatDraft();
    traffic.draft.add(batch);
    this.schedule(batch.workspaceId, traffic);
  }

  /** Something that lists of this workspace show has changed: pages ask again. Call it after the commit. */
  changed(workspaceId: string, what: Parameters<ServerEvents['changed']>[0]): void {
    this.server?.to(workspaceRoom(workspaceId)).emit('changed', what);
  }

  /** A flow told the team something: every open page of the workspace hears it. */
  notice(workspaceId: string, notice: Parameters<ServerEvents['notice']>[0]): void {
    this.server?.to(workspaceRoom(workspaceId)).emit('notice', notice);
  }

  perMinute(workspaceId: string): LiveBeat['perMinute'] {
    return this.trafficOf(workspaceId).minute.total(this.clock.now());
  }

  /** Whether some page follows the traffic of this workspace right now. */
  isWatched(workspaceId: string): boolean {
    return this.server?.sockets.adapter.rooms.has(watchRoom(workspaceId)) ?? false;
  }

  private schedule(workspaceId: string, traffic: Traffic): void {
    if (traffic.busy) return;
    traffic.busy = true;
    setTimeout(() => {
      this.beat(workspaceId, traffic)
        .catch((error: unknown) => this.log.warn({ err: error, workspaceId }, 'A beat could not be made.'))
        .finally(() => {
          traffic.busy = false;
          if (traffic.draft && this.server) this.schedule(workspaceId, traffic);
        });
    }, BEAT_EVERY).unref();
  }

  private async beat(workspaceId: string, traffic: Traffic): Promise<void> {
    const draft = traffic.draft ?? new BeatDraft();
    traffic.draft = null;
    if (!this.isWatched(workspaceId)) return;
    const messages = await this.messages.byIds(workspaceId, draft.newestIds);
    const perMinute = this.perMinute(workspaceId);
    traffic.lastSent = perMinute;
    const at = new Date(this.clock.now()).toISOString();
    this.server?.to(watchRoom(workspaceId)).emit('beat', draft.finish(at, perMinute, messages));
  }

  /** When texts stop coming the rate of the last minute still falls, and a page should see it. */
  private showFalling(): void {
    for (const [workspaceId, traffic] of this.traffic) {
      if (!this.isWatched(workspaceId)) continue;
      const { inbound, outbound } = this.perMinute(workspaceId);
      if (inbound === traffic.lastSent.inbound && outbound === traffic.lastSent.outbound) continue;
      this.schedule(workspaceId, traffic);
    }
  }

  private trafficOf(workspaceId: string): Traffic {
    let traffic = this.traffic.get(workspaceId);
    if (!traffic) {
      traffic = {
        minute: new MinuteCount(),
        draft: null,
        busy: false,
        lastSent: { inbound: 0, outbound: 0 },
      };
      this.traffic.set(workspaceId, traffic);
    }
    return traffic;
  }
}

/** Every page of a workspace. */
export const workspaceRoom = (workspaceId: string): string => `workspace:${workspaceId}`;
/** The pages that watch the traffic. */
export const watchRoom = (workspaceId: string): string => `watch:${workspaceId}`;
