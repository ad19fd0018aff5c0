import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A request for a text, as it reached the gateway. */
export interface FarRequest {
  messageId: string;
  phone: string;
  /** When its body had been read, by the clock of this process, in milliseconds. */
  at: number;
  answer: Mood | 'refuses';
}

/** What the gateway does to a request that it has read. */
export type Mood = 'takes' | 'slow' | 'breaks' | 'throttles' | 'cuts';

/** What a text ends with that the gateway, when it takes texts at all, refuses for good. */
export const REFUSED = '!';

const bodySchema = z.object({ id: z.string(), to: z.string(), text: z.string() });
const SLOW_MS = 3_000;

/** A gateway on this machine: logs each request it has read, keeps every one, and never tells two of the same text apart. */
export class FarEnd {
  readonly requests: FarRequest[] = [];
  mood: Mood = 'takes';

  private constructor(private readonly server: Server) {}

  static async open(): Promise<FarEnd> {
    const server = createServer();
    const farEnd = new FarEnd(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request.on('error', () => undefined)) chunks.push(chunk);
      const { id, to, text } = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
      const answer = farEnd.mood === 'takes' && text.endsWith(REFUSED) ? 'refuses' : farEnd.mood;
      farEnd.requests.push({ messageId: id, phone: to, at: performance.now(), answer });
      await answerAs(answer, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return farEnd;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/send`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Whether the person got the text: the gateway keeps what it has read, even when it says nothing. */
export const isKept = ({ answer }: FarRequest): boolean =>
  answer === 'takes' || answer === 'slow' || answer === 'cuts';

async function answerAs(answer: FarRequest['answer'], response: ServerResponse): Promise<void> {
  const json = { 'content-type': 'application/json' };
  switch (answer) {
    case 'cuts':
      response.destroy();
      return;
    case 'refuses':
      response.writeHead(400, json).end('{"error":"no such number"}');
      return;
    case 'breaks':
      response.writeHead(500, json).end('{"error":"out of order"}');
      return;
    case 'throttles':
      response.writeHead(429, { ...json, 'retry-after': '1' }).end('{"error":"too many"}');
      return;
    case 'slow':
      await sleep(SLOW_MS);
      break;
    case 'takes':
      break;
  }
  response.writeHead(200, json).end('{}');
}
