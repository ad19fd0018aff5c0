import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request as it reached the far end. */
export interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
  body: { id: string; to: string; from: string; text: string };
}

/** What the far end does with a request; the default answers 200 and an id. */
export type Behaviour = (response: ServerResponse, received: Received) => void | Promise<void>;

/** A carrier on this machine: keeps what it was sent and answers as told. */
export class FarEnd {
  readonly received: Received[] = [];
  behaviour: Behaviour = accept;
  private constructor(private readonly server: Server) {}

  static async open(): Promise<FarEnd> {
    const server = createServer();
    const farEnd = new FarEnd(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const received = { headers: request.headers, raw, body: JSON.parse(raw) };
        farEnd.received.push(received);
        void farEnd.behaviour(response, received);
      });
      request.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return farEnd;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/send`;
  }

  /** The texts in the order they came. */
  get texts(): string[] {
    return this.received.map(({ body }) => body.text);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const accept: Behaviour = (response, { body }) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ id: `far-${body.id}` }));
};

export const answer =
  (status: number, body = ''): Behaviour =>
  (response) =>
    void response.writeHead(status).end(body);

/** Ends the connection after reading the request, without a word. */
export const cut: Behaviour = (response) => void response.socket?.destroy();

/** Answers after so many milliseconds. */
export const slowly =
  (milliseconds: number): Behaviour =>
  (response, received) =>
    void setTimeout(() => accept(response, received), milliseconds).unref();
