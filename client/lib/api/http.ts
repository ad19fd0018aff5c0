import { problemBodySchema } from '#shared/api/problem.ts';
import { z } from 'zod';
import { ApiError } from './api-error.ts';

// The page's Content-Security-Policy forbids code made from strings, which zod would otherwise probe for.
z.config({ jitless: true });

/** What goes after the question mark; undefined, null and '' are left out. */
export type QueryParams = Readonly<Record<string, string | number | boolean | null | undefined>>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks the server for something and checks that the answer is what the contract says. Throws ApiError. */
export async function get<Answer>(
  path: string,
  answer: z.ZodType<Answer>,
  { query, signal }: { query?: QueryParams; signal?: AbortSignal } = {},
): Promise<Answer> {
  return read(await call('GET', withQuery(path, query), undefined, signal), answer);
}

/** Changes something on the server and reads the answer. Throws ApiError. */
export async function send<Answer>(
  method: Exclude<Method, 'GET'>,
  path: string,
  body: unknown,
  answer: z.ZodType<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  return read(await call(method, path, body, signal), answer);
}

/** Changes something on the server where the answer is of no interest. Throws ApiError. */
export async function sendOnly(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<void> {
  await call(method, path, body);
}

/** A successful answer as it came, for files. Throws ApiError. */
export async function call(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      'network.unreachable',
      'The server cannot be reached. Check the connection, then try again.',
    );
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** A path with its query. */
export function withQuery(path: string, query: QueryParams = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function read<Answer>(response: Response, answer: z.ZodType<Answer>): Promise<Answer> {
  const parsed = answer.safeParse(await jsonOf(response));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new ApiError(
    response.status,
    'client.unexpected_answer',
    'The server answered in a way this page does not understand. Reload the page: it may be older than the server.',
    first ? first.path.join('.') : null,
  );
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = problemBodySchema.safeParse(await jsonOf(response));
  if (!problem.success) {
    return new ApiError(
      response.status,
      `http.status_${response.status}`,
      response.status >= 500
        ? 'The server is not ready to answer this. Try again in a moment.'
        : `The server refused this (${response.status}) without saying why.`,
    );
  }
  const { error, requestId } = problem.data;
  return new ApiError(
    response.status,
    error.code,
    error.message,
    error.place ?? null,
    error.issues,
    requestId,
  );
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
