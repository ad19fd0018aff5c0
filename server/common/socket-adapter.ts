import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';

/** Where socket.io answers, on the same port as everything else. */
export const SOCKET_PATH = '/socket.io';

/** Puts socket.io beside the API: same port, pages of our own origin only, no client bundle, bounded messages. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly publicUrl: string | undefined,
  ) {
    super(app);
  }

  override createIOServer(_port: number, options?: ServerOptions): Server {
    return new Server(this.httpServer, {
      serveClient: false,
      maxHttpBufferSize: 100_000,
      allowRequest: (request: IncomingMessage, decide: (refusal: string | null, allowed: boolean) => void) =>
        decide(null, this.isOurs(request)),
      ...options,
      path: SOCKET_PATH,
    } satisfies Partial<ServerOptions>);
  }

  /** A page of another origin must not ride on the user's cookie; a program sends no Origin and brings its own key. */
  private isOurs({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    return (
      new URL(origin).host === host ||
      (this.publicUrl !== undefined && origin === new URL(this.publicUrl).origin)
    );
  }
}
