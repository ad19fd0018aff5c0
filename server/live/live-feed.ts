import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Server } from 'socket.io';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { MessagesRepository } from '../messages/messages.repository.ts';
import { newId } from '../common/ids.ts';
import { BeatDraft, type PublishedBatch } from './beat.ts';
import { MinuteCount } from './minute-count.ts';
import type { NodeEvents } from './node-events.ts';
import { OtherNodes } from './other-nodes.ts';

/** The socket.io server, knowing the events of `shared/api/live.ts` and those between nodes. */
export type LiveServer = Server<ClientEvents, ServerEvents, NodeEvents>;

/** Four beats a second at most, and one every two seconds while the rate still falls. */
const BEAT_EVERY = 250;
const FALL_EVERY = 2_000;

interface Traffic {
  readonly minute: MinuteCount;
  /** For the pages of this node: what all nodes did since the last beat. */
  draft: BeatDraft | null;
  /** For the other nodes: what this one did since. */
  news: BeatDraft | null;
  /** Whether a beat is scheduled or being made; the next one waits for it. */
  busy: boolean;
  lastSent: LiveBeat['perMinute'];
}

/**
 * Tells open pages what happens. The runtime calls `published` after each commit; that costs a few additions as long as
 * nobody watches. Whoever changes what lists show calls `changed`. Several nodes on one database are one feed: each tells the
 * others what its pages watch, and sends digests to those whose pages want them.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly traffic = new Map<string, Traffic>();
  private readonly node: string;
  private readonly others = new OtherNodes();
  private server: LiveServer | null = null;
  private announced = 0;
  /** Runs for a moment after the other nodes were told; what changes meanwhile is told when it ends. */
  private resting: NodeJS.Timeout | null = null;
  private hasNews = false;
  private readonly ticking: NodeJS.Timeout;

  constructor(
    private readonly messages: MessagesRepository,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.node = newId(clock.now());
    this.ticking = setInterval(() => this.tick(), FALL_EVERY).unref();
  }

  /** Where pages are connected; until then nobody watches. */
  attach(server: LiveServer): void {
    this.server = server;
    server.on('watching', (node, workspaceIds) => {
      for (const id of this.others.watches(node, workspaceIds, this.clock.now()))
        this.schedule(id, this.trafficOf(id));
    });
    server.on('digest', (node, workspaceId, digest) => {
      this.others.counts(node, workspaceId, digest.perMinute, this.clock.now());
      if (!this.isWatchedHere(workspaceId)) return;
      const traffic = this.trafficOf(workspaceId);
      traffic.draft ??= new BeatDraft();
      traffic.draft.addDigest(digest);
      this.schedule(workspaceId, traffic);
    });
  }

  /** Tells the other nodes what pages of this one watch. Call it when a page begins to, however often: each telling costs all of them. */
  announce(): void {
    this.hasNews = true;
    if (this.resting) return;
    this.tellOthers();
    this.resting = setTimeout(() => {
      this.resting = null;
      if (this.hasNews) this.announce();
    }, BEAT_EVERY).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.ticking);
    if (this.resting) clearTimeout(this.resting);
    this.server = null;
  }

  /** What a batch of the runtime did. Called after its commit; never throws. */
  published(batch: PublishedBatch): void {
    const traffic = this.trafficOf(batch.workspaceId);
    traffic.minute.add(this.clock.now(), batch.inbound, batch.outbound);
    const here = this.isWatchedHere(batch.workspaceId);
    const elsewhere = this.isWatchedElsewhere(batch.workspaceId);
    if (!here && !elsewhere) return;
    traffic.draft ??= new BeatDraft();
    traffic.news ??= new BeatDraft();
    if (here) traffic.draft.add(batch);
    if (elsewhere) traffic.news.add(batch);
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

  /** Texts of the last minute, on all nodes together. */
  perMinute(workspaceId: string): LiveBeat['perMinute'] {
    const own = this.ownPerMinute(workspaceId);
    const theirs = this.others.perMinute(workspaceId, this.clock.now());
    return { inbound: own.inbound + theirs.inbound, outbound: own.outbound + theirs.outbound };
  }

  private tellOthers(): void {
    this.hasNews = false;
    const watched = this.watchedHere();
    if (watched.length === 0 && this.announced === 0) return;
    this.announced = watched.length;
    this.server?.serverSideEmit('watching', this.node, watched);
  }

  private ownPerMinute(workspaceId: string): LiveBeat['perMinute'] {
    return this.trafficOf(workspaceId).minute.total(this.clock.now());
  }

  private isWatchedHere(workspaceId: string): boolean {
    return this.server?.sockets.adapter.rooms.has(watchRoom(workspaceId)) ?? false;
  }

  private isWatchedElsewhere(workspaceId: string): boolean {
    return this.others.isWatched(workspaceId, this.clock.now());
  }

  private watchedHere(): string[] {
    const rooms = [...(this.server?.sockets.adapter.rooms.keys() ?? [])];
    return rooms.filter((room) => room.startsWith(WATCH)).map((room) => room.slice(WATCH.length));
  }

  private schedule(workspaceId: string, traffic: Traffic): void {
    if (traffic.busy) return;
    traffic.busy = true;
    setTimeout(() => {
      this.beat(workspaceId, traffic)
        .catch((error: unknown) => this.log.warn({ err: error, workspaceId }, 'A beat could not be made.'))
        .finally(() => {
          traffic.busy = false;
          if ((traffic.draft || traffic.news) && this.server) this.schedule(workspaceId, traffic);
        });
    }, BEAT_EVERY).unref();
  }

  private async beat(workspaceId: string, traffic: Traffic): Promise<void> {
    const draft = traffic.draft ?? new BeatDraft();
    const news = traffic.news ?? new BeatDraft();
    traffic.draft = null;
    traffic.news = null;
    const own = this.ownPerMinute(workspaceId);
    traffic.lastSent = own;
    if (this.isWatchedElsewhere(workspaceId))
      this.server?.serverSideEmit('digest', this.node, workspaceId, news.digest(own));
    if (!this.isWatchedHere(workspaceId)) return;
    const messages = await this.messages.byIds(workspaceId, draft.newestIds);
    const at = new Date(this.clock.now()).toISOString();
    const beat = draft.finish(at, this.perMinute(workspaceId), messages);
    this.server?.local.to(watchRoom(workspaceId)).emit('beat', beat);
  }

  /** When texts stop coming the rate of the last minute still falls, and a page should see it. */
  private tick(): void {
    this.announce();
    for (const [workspaceId, traffic] of this.traffic) {
      if (!this.isWatchedHere(workspaceId) && !this.isWatchedElsewhere(workspaceId)) continue;
      const { inbound, outbound } = this.ownPerMinute(workspaceId);
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
        news: null,
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
export const watchRoom = (workspaceId: string): string => `${WATCH}${workspaceId}`;
const WATCH = 'watch:';
