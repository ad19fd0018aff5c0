import type { ClientEvents, ServerEvents } from '#shared/api/live.ts';
import { io, type Socket } from 'socket.io-client';

/** The page's one connection to the server. It reconnects by itself; the shell opens and closes it. */
export const socket: Socket<ServerEvents, ClientEvents> = io({
  autoConnect: false,
  // Straight to a web socket: polling would have to reach the same node each time. It is tried where sockets do not get through.
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  reconnectionDelay: 500,
  reconnectionDelayMax: 10_000,
});
