import type { ClientEvents, ServerEvents } from '#shared/api/live.ts';
import { io, type Socket } from 'socket.io-client';

/** The page's one connection to the server. It reconnects by itself; the shell opens and closes it. */
export const socket: Socket<ServerEvents, ClientEvents> = io({
  autoConnect: false,
  reconnectionDelay: 500,
  reconnectionDelayMax: 10_000,
});
