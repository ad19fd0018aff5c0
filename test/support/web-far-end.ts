import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it reached the far end. */
export interface WebRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type WebAnswer = (response: ServerResponse, request: WebRequest) => void;

/** Some other system's web server on this machine: answers each path as told and remembers what it was asked. */
export class WebFarEnd {
  readonly requests: WebRequest[] = [];
  private readonly answers = new Map<string, WebAnswer>();
  private constructor(private readonly server: Server) {}

  static async open(): Promise<WebFarEnd> {
    const server = createServer();
    const farEnd = new WebFarEnd(server);
    server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
        farEnd.requests.push(request);
        const [path = ''] = url.split('?');
        const answer = farEnd.answers.get(path);
        if (answer) answer(response, request);
        else response.writeHead(404).end();
      });
      incoming.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return farEnd;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Says what a path answers from now on. */
  on(path: string, answer: WebAnswer): void {
    this.answers.set(path, answer);
  }

  /** What a path was asked. */
  at(path: string): WebRequest[] {
    return this.requests.filter(({ url }) => url.split('?')[0] === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const json =
  (body: unknown, status = 200): WebAnswer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

export const redirect =
  (to: string, status = 302): WebAnswer =>
  (response) =>
    void response.writeHead(status, { location: to }).end();

/** Reads the request and never says a word. */
export const silence: WebAnswer = () => undefined;
