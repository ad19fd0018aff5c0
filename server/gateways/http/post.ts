import { Agent, type Dispatcher } from 'undici';
import { addressesHereOf, lookupBy } from '../../common/outside/names.ts';
import { whenAborted } from './when-aborted.ts';

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
/** A connection that nobody has used for so long is closed, in milliseconds. */
const KEPT_MS = 30_000;

/** As many connections as requests are on their way at once; the time for each is counted below. */
const agent = new Agent({
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: KEPT_MS,
  // Hundreds of connections to one far end ask for its name at once.
  connect: { lookup: lookupBy(addressesHereOf) },
});

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
    const { origin, path } = addressOf(url);
    const exchange = new Exchange(resolve, reject);
    const timer = setTimeout(
      () => exchange.giveUp(`No answer within ${timeoutMs / 1_000} seconds.`),
      timeoutMs,
    );
    const forget = whenAborted(signal, () => exchange.giveUp('The server ended before the answer came.'));
    exchange.over = () => {
      clearTimeout(timer);
      forget();
    };
    // Where the end was called off already, nothing goes out.
    if (exchange.isOver) return;
    try {
      agent.dispatch({ origin, path, method: 'POST', headers, body }, exchange);
    } catch (cause) {
      exchange.over();
      reject(cause);
    }
  });
}

/** One request and its answer, as the client tells of them. */
class Exchange implements Dispatcher.DispatchHandler {
  over: () => void = () => undefined;
  isOver = false;
  private controller: Dispatcher.DispatchController | null = null;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private status = 0;
  private retryAfter: string | null = null;

  constructor(
    private readonly resolve: (answer: PostAnswer) => void,
    private readonly reject: (cause: NoAnswer) => void,
  ) {}

  /** Nobody waits for the answer any more, nor for the rest of it. */
  giveUp(why: string): void {
    this.brokenOff(why);
    this.controller?.abort(new Error(why));
  }

  /** A connection is there, and the request is about to be written. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) controller.abort(new Error('Nobody waits for it any more.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    { 'retry-after': retryAfter }: Record<string, string | string[] | undefined>,
  ): void {
    // What comes before the answer itself, such as 103.
    if (status < 200) return;
    this.status = status;
    this.retryAfter = typeof retryAfter === 'string' ? retryAfter : null;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size <= MOST_BYTES) return;
    this.answered();
    controller.abort(new Error('The answer is long enough.'));
  }

  onResponseEnd(): void {
    this.answered();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    this.brokenOff(error.message || String(error.code));
  }

  /** No more is heard. Whose status is there has read the request, and has said what became of it. */
  private brokenOff(why: string): void {
    if (this.status > 0) this.answered();
    // Without a connection nobody can have taken it; a kept one may have been closed by its other end at any moment.
    else this.failed(this.controller ? 'silent' : 'unreachable', why);
  }

  private answered(): void {
    if (!this.end()) return;
    const body = Buffer.concat(this.chunks).subarray(0, MOST_BYTES).toString('utf8');
    this.resolve({ status: this.status, retryAfter: this.retryAfter, body });
  }

  private failed(trouble: NoAnswer['trouble'], message: string): void {
    if (this.end()) this.reject(new NoAnswer(trouble, message));
  }

  private end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    this.over();
    return true;
  }
}

interface Address {
  origin: string;
  path: string;
}

/** Addresses of late, taken apart; there are as many as gateways. */
const addresses = new Map<string, Address>();
const MOST_ADDRESSES = 1_000;

function addressOf(url: string): Address {
  let address = addresses.get(url);
  if (!address) {
    const { origin, pathname, search } = new URL(url);
    address = { origin, path: pathname + search };
    if (addresses.size >= MOST_ADDRESSES) addresses.clear();
    addresses.set(url, address);
  }
  return address;
}
