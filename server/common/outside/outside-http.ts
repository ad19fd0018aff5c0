import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config.ts';
import { guardedLookup, PrivateHostError } from './guarded-lookup.ts';
import { type AllowList, mayCall, readAllowList } from './private-addresses.ts';

/** A request to an address that an author wrote. */
export interface OutsideRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** For everything together, redirects and reading too. */
  timeoutMs: number;
}

/** What the far end answered, or why there is no answer: `cut` where this process ended before. */
export type OutsideAnswer =
  | { outcome: 'answered'; status: number; body: string }
  | { outcome: 'timeout' }
  | { outcome: 'cut' }
  | { outcome: 'failed'; reason: string };

/** More is no answer to a question of a conversation. */
const MOST_BYTES = 256 * 1_024;
const MOST_REDIRECTS = 3;
/** Connections to one far end: one that hangs holds no more than these. */
const SOCKETS_PER_HOST = 20;
/** How long the end waits for answers, in milliseconds. */
const LONGEST_GOODBYE_MS = 2_000;

/**
 * HTTP to addresses that authors write: never to our own network unless WEBHOOK_ALLOW says so, through redirects as well, within
 * a time and a size.
 */
@Injectable()
export class OutsideHttp implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly allow: AllowList;
  private readonly agents: Readonly<Record<string, http.Agent>>;
  private readonly closing = new AbortController();
  private patience: NodeJS.Timeout | undefined;

  constructor(config: Config) {
    this.allow = readAllowList(config.webhookAllow);
    const options = { keepAlive: true, maxSockets: SOCKETS_PER_HOST, maxFreeSockets: 2, timeout: 30_000 };
    this.agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  }

  /** Whoever asks ends after what they have asked has ended, so it has to end by itself. */
  beforeApplicationShutdown(): void {
    this.patience = setTimeout(() => this.closing.abort(), LONGEST_GOODBYE_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.patience);
    this.closing.abort();
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  async call(request: OutsideRequest): Promise<OutsideAnswer> {
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = AbortSignal.any([timeout, this.closing.signal]);
    try {
      return await this.follow(request, signal);
    } catch (cause) {
      if (timeout.aborted) return { outcome: 'timeout' };
      if (this.closing.signal.aborted) return { outcome: 'cut' };
      return { outcome: 'failed', reason: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private async follow(first: OutsideRequest, signal: AbortSignal): Promise<OutsideAnswer> {
    let request = first;
    for (let redirects = 0; ; redirects++) {
      const { status, location, body } = await this.heard(request, signal);
      if (location === null || status < 300 || status > 399) return { outcome: 'answered', status, body };
      if (redirects === MOST_REDIRECTS) return { outcome: 'failed', reason: 'It redirects too often.' };
      request = redirected(request, status, location);
    }
  }

  /**
   * Far ends close connections that were quiet for a while, also at the very moment in which they are used again: the request then goes
   * out over a new one. Whoever had read it all the same knows it by its key.
   */
  private async heard(request: OutsideRequest, signal: AbortSignal): Promise<Heard> {
    try {
      return await this.once(request, signal, this.agents);
    } catch (cause) {
      if (!(cause instanceof StaleConnectionError)) throw cause;
      return await this.once(request, signal, {});
    }
  }

  /** Asks over a connection of these agents', or over a new one where there are none. */
  private once(
    { method, url, headers, body }: OutsideRequest,
    signal: AbortSignal,
    agents: Readonly<Record<string, http.Agent>>,
  ): Promise<Heard> {
    const address = this.checked(url);
    const { request } = address.protocol === 'https:' ? https : http;
    const options = {
      method,
      headers: {
        accept: 'application/json, */*;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'Textloom',
        ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
      agent: agents[address.protocol] ?? false,
      lookup: guardedLookup(this.allow),
      signal,
    };
    return new Promise((resolve, reject) => {
      let isHeard = false;
      const sent = request(address, options, (response) => {
        isHeard = true;
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MOST_BYTES) return void chunks.push(chunk);
          reject(new Error('The answer is too big.'));
          response.destroy();
        });
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('The connection ended in the middle of the answer.')));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            // Without the mark that some systems put in front of it.
            body: new TextDecoder().decode(Buffer.concat(chunks)),
          }),
        );
      });
      sent.on('error', (cause) =>
        reject(sent.reusedSocket && !isHeard && isClosed(cause) ? new StaleConnectionError() : cause),
      );
      sent.end(body ?? undefined);
    });
  }

  /** A name is checked when it is resolved, a bare address is not, so it is checked here. */
  private checked(url: string): URL {
    const address = new URL(url);
    if (address.protocol !== 'http:' && address.protocol !== 'https:')
      throw new Error(`${address.protocol} is no address that can be called.`);
    if (address.username !== '' || address.password !== '')
      throw new Error('An address with a user name or password is not called. Use a header.');
    const host = address.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !this.allow.hosts.has(host) && !mayCall(host, this.allow))
      throw new PrivateHostError(host);
    return address;
  }
}

/** One answer, before it is followed. */
interface Heard {
  status: number;
  location: string | null;
  body: string;
}

/** A connection that was kept ended before anything was answered over it. */
class StaleConnectionError extends Error {}

const isClosed = (cause: NodeJS.ErrnoException): boolean =>
  cause.code === 'ECONNRESET' || cause.code === 'EPIPE';

/** Browsers' rules: 307 and 308 repeat the request, the others fetch. What the author sent along is for the first host only. */
function redirected(request: OutsideRequest, status: number, location: string): OutsideRequest {
  const from = new URL(request.url);
  const to = new URL(location, from);
  const repeats = status === 307 || status === 308;
  const isSameHost = to.origin === from.origin;
  return {
    ...request,
    url: to.href,
    method: repeats ? request.method : 'GET',
    body: repeats && isSameHost ? request.body : null,
    headers: isSameHost ? request.headers : {},
  };
}
