import { PeopleRepository } from '#server/accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from '#server/accounts/sign-in-links.service.ts';
import type { TestServer } from './server.ts';

/** What came back. `body` is undefined where there was no JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  body: any;
  headers: Headers;
  text: string;
}

/** What an answer says by its status and, where it refuses, its code. */
export const codeOf = ({ status, body }: Answer): [number, string | undefined] => [status, body?.error?.code];

/** Somebody at the API, signed in or not. */
export class ApiClient {
  constructor(
    private readonly url: string,
    readonly cookie: string | null = null,
  ) {}

  get = (path: string): Promise<Answer> => this.call('GET', path);
  post = (path: string, body: unknown = {}): Promise<Answer> => this.call('POST', path, body);
  put = (path: string, body: unknown): Promise<Answer> => this.call('PUT', path, body);
  patch = (path: string, body: unknown): Promise<Answer> => this.call('PATCH', path, body);
  delete = (path: string): Promise<Answer> => this.call('DELETE', path);

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie !== null && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: jsonOf(text), headers: response.headers, text };
  }
}

/** Signs the first owner in, as the link at the end of the start does. */
export async function signInAsOwner(server: Pick<TestServer, 'app' | 'url'>): Promise<ApiClient> {
  const owner = await server.app.get(PeopleRepository).firstOwner();
  if (!owner) throw new Error('There is no owner.');
  const { path } = await server.app.get(SignInLinks).issue(owner, LINK_LASTS.handed);
  return await signInByLink(server.url, path);
}

export async function signInByLink(url: string, path: string): Promise<ApiClient> {
  const answer = await new ApiClient(url).post('/api/session', { token: path.split('#')[1] });
  if (answer.status !== 204) throw new Error(`Not signed in: ${answer.text}`);
  return new ApiClient(url, answer.headers.getSetCookie()[0]?.split(';')[0] ?? null);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
