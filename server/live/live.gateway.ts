import { fastifyCookie } from '@fastify/cookie';
import type { OnModuleDestroy } from '@nestjs/common';
import { ConnectedSocket, type OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { type EndedSessions, isEnded } from '../accounts/ended-sessions.ts';
import { SESSION_COOKIE } from '../accounts/session-cookie.ts';
import { Sessions } from '../accounts/sessions.service.ts';
import type { Who } from '../accounts/who.ts';
import { Log } from '../common/log.ts';
import { isDatabaseAway } from '../database/database-away.ts';
import { LiveFeed, type LiveServer, watchRoom, workspaceRoom } from './live-feed.ts';

type LiveSocket = Socket<ClientEvents, ServerEvents>;

/** How often open connections are checked against the database, in milliseconds: sessions expire, and what nodes tell each other may get lost. */
const LOOK_EVERY = 30_000;

/** Where open pages connect. The session's cookie lets them in, and its end, on whichever node, puts them out. */
@WebSocketGateway()
export class LiveGateway implements OnGatewayInit<LiveServer>, OnModuleDestroy {
  private readonly people = new Map<string, Who>();
  private looking: NodeJS.Timeout | null = null;

  constructor(
    private readonly sessions: Sessions,
    private readonly feed: LiveFeed,
    private readonly log: Log,
  ) {}

  afterInit(server: LiveServer): void {
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => this.turnAway(socket, error, next),
      );
    });
    this.sessions.onEnded((which) => {
      this.putOut(server, which);
      server.serverSideEmit('ended', which);
    });
    server.on('ended', (which) => this.putOut(server, which));
    this.looking = setInterval(() => {
      this.putOutExpired(server).catch((error: unknown) =>
        this.log.warn({ err: error }, 'The sessions of open pages could not be looked at.'),
      );
    }, LOOK_EVERY).unref();
    this.feed.attach(server);
  }

  onModuleDestroy(): void {
    if (this.looking) clearInterval(this.looking);
  }

  @SubscribeMessage('watch')
  async watch(
    @ConnectedSocket() socket: LiveSocket,
  ): Promise<{ perMinute: LiveBeat['perMinute'] } | undefined> {
    const who = this.people.get(socket.id);
    if (!who) return undefined;
    await socket.join(watchRoom(who.workspaceId));
    this.feed.announce();
    return { perMinute: this.feed.perMinute(who.workspaceId) };
  }

  @SubscribeMessage('unwatch')
  async unwatch(@ConnectedSocket() socket: LiveSocket): Promise<void> {
    const who = this.people.get(socket.id);
    if (who) await socket.leave(watchRoom(who.workspaceId));
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const token = fastifyCookie.parse(socket.request.headers.cookie ?? '')[SESSION_COOKIE];
    const session = token ? await this.sessions.recognise(token) : null;
    if (!session) throw new NotSignedIn('Sign in first.');
    this.people.set(socket.id, session.who);
    socket.once('disconnect', () => this.people.delete(socket.id));
    await socket.join(workspaceRoom(session.who.workspaceId));
  }

  /** A page that is refused does not come again by itself; one whose connection breaks does, and the database may be back by then. */
  private turnAway(socket: LiveSocket, error: unknown, refuse: (error: Error) => void): void {
    if (isDatabaseAway(error)) socket.conn.close();
    else if (error instanceof NotSignedIn) refuse(error);
    else {
      this.log.error({ err: error }, 'A page could not be connected.');
      refuse(new Error('Something went wrong on our side.'));
    }
  }

  private putOut(server: LiveServer, which: EndedSessions): void {
    for (const [id, who] of this.people) {
      if (isEnded(who, which)) server.sockets.sockets.get(id)?.disconnect(true);
    }
  }

  private async putOutExpired(server: LiveServer): Promise<void> {
    if (this.people.size === 0) return;
    const held = [...this.people.values()].map((who) => who.sessionHash);
    const live = await this.sessions.stillLive(held);
    for (const [id, who] of this.people) {
      // Somebody may have come in while we asked.
      if (held.includes(who.sessionHash) && !live.has(who.sessionHash.toString('hex')))
        server.sockets.sockets.get(id)?.disconnect(true);
    }
  }
}

/** The one refusal that a page is told. */
class NotSignedIn extends Error {}
