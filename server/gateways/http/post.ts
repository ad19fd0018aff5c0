import http from 'node:http';
import https from 'node:https';

/** What a far end answered. */
export interface PostAnswer {
  status: number;
  retryAfter: string | null;
  /** The beginning of the body; the rest is not read. */
  body: string;
}

/** Why there is no answer: `unreachable` where the request surely did not arrive, `silent` where it may have. */
export class NoAnswer extends Error {
  constructor(
    readonly trouble: 'unreachable' | 'silent',
    message: string,
  ) {
    super(message);
  }
}

/** More of an answer is not read, in bytes. */
const MOST_BYTES = 16_384;
/** Errors of before a request is written: nobody can have taken it. */
const BEFORE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

const options: http.AgentOptions = { keepAlive: true, maxFreeSockets: 256, scheduling: 'lifo' };
const AGENTS = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };

/**
 * Posts JSON over connections that are kept, within a time for everything together: a far end that drips its answer byte by byte
 * or never ends it holds nothing for longer. Redirects are not followed.
 */
export function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const address = new URL(url);
    const secure = address.protocol === 'https:';
    const request = (secure ? https : http).request(address, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: secure ? AGENTS['https:'] : AGENTS['http:'],
    });
    const giveUp = (why: string) => () => request.destroy(new NoAnswer('silent', why));
    const timer = setTimeout(giveUp(`No answer within ${timeoutMs / 1_000} seconds.`), timeoutMs);
    const aborted = giveUp('The server ended before the answer came.');
    signal.addEventListener('abort', aborted, { once: true });
    if (signal.aborted) aborted();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
    };
    request.on('error', (error) => {
      done();
      reject(noAnswer(error, request.reusedSocket));
    });
    request.on('response', (response) => {
      let text = '';
      let size = 0;
      const answered = () => {
        done();
        const { 'retry-after': retryAfter = null } = response.headers;
        resolve({ status: response.statusCode ?? 0, retryAfter, body: text });
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        size += chunk.length;
        text += chunk;
        if (size <= MOST_BYTES) return;
        text = text.slice(0, MOST_BYTES);
        answered();
        response.destroy();
      });
      response.on('end', answered);
      response.on('error', (error) => {
        done();
        reject(noAnswer(error, false));
      });
    });
    request.end(body);
  });
}

function noAnswer(error: Error & { code?: string }, reused: boolean): NoAnswer {
  if (error instanceof NoAnswer) return error;
  // A kept connection that its other end closed meanwhile says so by a reset; whether the request was read, nobody knows.
  const before = !reused && BEFORE.has(error.code ?? '');
  return new NoAnswer(before ? 'unreachable' : 'silent', error.message || String(error.code));
}
