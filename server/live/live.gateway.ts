import { fastifyCookie } from '@fastify/cookie';
import { ConnectedSocket, type OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { SESSION_COOKIE } from '../accounts/session-cookie.ts';
import { Sessions } from '../accounts/sessions.service.ts';
import type { Who } from '../accounts/who.ts';
import { LiveFeed, type LiveServer, watchRoom, workspaceRoom } from './live-feed.ts';

type LiveSocket = Socket<ClientEvents, ServerEvents>;

/** Where open pages connect. The session's cookie lets them in, and its end puts them out. */
@WebSocketGateway()
export class LiveGateway implements OnGatewayInit<LiveServer> {
  private readonly people = new WeakMap<LiveSocket, Who>();

  constructor(
    private readonly sessions: Sessions,
    private readonly feed: LiveFeed,
  ) {}

  afterInit(server: LiveServer): void {
    server.use((socket, next) => {
      this.admit(socket).then(() => next(), next);
    });
    this.sessions.onEnded((which) => {
      for (const socket of server.sockets.sockets.values()) {
        const who = this.people.get(socket);
        if (who && which(who)) socket.disconnect(true);
      }
    });
    this.feed.attach(server);
  }

  @SubscribeMessage('watch')
  async watch(
    @ConnectedSocket() socket: LiveSocket,
  ): Promise<{ perMinute: LiveBeat['perMinute'] } | undefined> {
    const who = this.people.get(socket);
    if (!who) return undefined;
    await socket.join(watchRoom(who.workspaceId));
    return { perMinute: this.feed.perMinute(who.workspaceId) };
  }

  @SubscribeMessage('unwatch')
  async unwatch(@ConnectedSocket() socket: LiveSocket): Promise<void> {
    const who = this.people.get(socket);
    if (who) await socket.leave(watchRoom(who.workspaceId));
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const token = fastifyCookie.parse(socket.request.headers.cookie ?? '')[SESSION_COOKIE];
    const session = token ? await this.sessions.recognise(token) : null;
    if (!session) throw new Error('Sign in first.');
    this.people.set(socket, session.who);
    await socket.join(workspaceRoom(session.who.workspaceId));
  }
}
