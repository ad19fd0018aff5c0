import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Welcome } from '#server/common/welcome.ts';
import { ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: TestServer;
let owner: ApiClient;
const clock = new ManualClock();

beforeAll(async () => {
  server = await startTestServer({ clock });
});
afterAll(() => server.close());

const stranger = () => new ApiClient(server.url);
const tokenOf = (link: string) => link.split('#')[1] ?? '';
const invite = async (name: string) =>
  (await owner.post('/api/people', { name, email: `${name}@example.com`, role: 'author' })).body;

describe('the first owner', () => {
  test('is let in by the last line of the start', async () => {
    const lines = await server.app.get(Welcome).lines('https://texts.example.com');
    const link = /https:\/\/texts\.example\.com\/sign-in#(\S+)/.exec(lines.join('\n'));
    expect(link).not.toBeNull();
    owner = await signInByLink(server.url, link?.[0] ?? '');
    expect((await owner.get('/api/session')).body).toEqual({
      person: { id: expect.any(String), name: 'Owner', email: null, hasPassword: false },
      workspace: {
        id: expect.any(String),
        name: 'My workspace',
        timeZone: 'UTC',
        sendingStopped: false,
        stopped: null,
        marketingADay: null,
        marketingAWeek: null,
      },
      role: 'owner',
    });
  });

  test('is told of the command, once they have been here', async () => {
    const lines = await server.app.get(Welcome).lines('https://texts.example.com');
    expect(lines.join('\n')).toContain('npm run textloom -- sign-in-link');
    expect(lines.join('\n')).not.toContain('/sign-in#');
  });
});

describe('a one-time link', () => {
  test('lets in once', async () => {
    const { link } = await invite('once');
    expect((await stranger().post('/api/session', { token: tokenOf(link) })).status).toBe(204);
    const again = await stranger().post('/api/session', { token: tokenOf(link) });
    expect([again.status, again.body.error.code]).toEqual([401, 'session.link-used']);
  });

  test('lets in once, also when it is used twice at the same time', async () => {
    const { link } = await invite('race');
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => stranger().post('/api/session', { token: tokenOf(link) })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([204, 401, 401, 401, 401]);
  });

  test('expires', async () => {
    const { link, expiresAt } = await invite('late');
    expect(Date.parse(expiresAt) - clock.now()).toBe(DAY);
    clock.advance(DAY);
    const { body } = await stranger().post('/api/session', { token: tokenOf(link) });
    expect(body.error).toMatchObject({
      code: 'session.link-expired',
      message: expect.stringContaining('expired'),
    });
  });

  test('can be made again by an owner, and that one works', async () => {
    const { person } = await invite('again');
    const { body } = await owner.post(`/api/people/${person.id}/link`);
    expect((await signInByLink(server.url, body.link)).cookie).toMatch(/^textloom_session=/);
  });

  test('that nobody made is refused, and so is one that was cut off', async () => {
    for (const length of [43, 5]) {
      const { body } = await stranger().post('/api/session', { token: 'x'.repeat(length) });
      expect(body.error.code).toBe('session.link-unknown');
    }
  });
});

describe('a session', () => {
  test('is a cookie that no script and no other site gets', async () => {
    const { link } = await invite('cookie');
    const answer = await stranger().post('/api/session', { token: tokenOf(link) });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^textloom_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test('lasts while it is used, and thirty days longer', async () => {
    const { link } = await invite('sliding');
    const person = await signInByLink(server.url, link);
    for (let month = 0; month < 3; month++) {
      clock.advance(29 * DAY);
      const { status, headers } = await person.get('/api/session');
      expect(status).toBe(200);
      expect(headers.getSetCookie()[0]).toContain('Max-Age=2592000');
    }
    expect((await person.get('/api/session')).headers.getSetCookie()).toEqual([]);
    clock.advance(31 * DAY);
    expect((await person.get('/api/session')).status).toBe(401);
    owner = await signInAsOwner(server);
  });

  test('ends when its person signs out', async () => {
    const { link } = await invite('leaver');
    const person = await signInByLink(server.url, link);
    const { status, headers } = await person.delete('/api/session');
    expect(status).toBe(204);
    expect(headers.getSetCookie()[0]).toMatch(/^textloom_session=;/);
    expect((await person.get('/api/session')).status).toBe(401);
  });

  test('ends when its person is removed', async () => {
    const { link, person } = await invite('removed');
    const client = await signInByLink(server.url, link);
    expect((await owner.delete(`/api/people/${person.id}`)).status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(401);
  });
});

describe('a password', () => {
  test('lets in with the e-mail address, and a new one signs out everywhere else', async () => {
    const { link } = await invite('writer');
    const person = await signInByLink(server.url, link);
    expect((await person.patch('/api/session/person', { password: 'correct horse battery' })).status).toBe(
      204,
    );
    expect((await person.get('/api/session')).body.person.hasPassword).toBe(true);

    const signedIn = await stranger().post('/api/session', {
      email: 'Writer@Example.com',
      password: 'correct horse battery',
    });
    expect(signedIn.status).toBe(204);
    const second = new ApiClient(server.url, signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? null);
    expect((await second.patch('/api/session/person', { password: 'another horse battery' })).status).toBe(
      204,
    );
    expect((await person.get('/api/session')).status).toBe(401);
    expect((await second.get('/api/session')).status).toBe(200);
  });

  test('that is wrong, and an address that nobody has, are refused alike', async () => {
    const wrong = await stranger().post('/api/session', { email: 'writer@example.com', password: 'guess' });
    const nobody = await stranger().post('/api/session', { email: 'nobody@example.com', password: 'guess' });
    const noPassword = await stranger().post('/api/session', {
      email: 'once@example.com',
      password: 'guess',
    });
    for (const { status, body } of [wrong, nobody, noPassword]) {
      expect([status, body.error]).toEqual([401, wrong.body.error]);
    }
  });

  test('cannot be guessed by trying', async () => {
    const guess = (email: string) => stranger().post('/api/session', { email, password: 'guess' });
    const tries = [];
    for (let n = 0; n < 12; n++) tries.push(await guess('target@example.com'));
    expect(tries.map(({ status }) => status)).toContain(429);
    const last = tries.at(-1);
    expect(last?.body.error.code).toBe('session.too-many-tries');
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('one’s own name and address', () => {
  test('can be changed', async () => {
    expect(
      (await owner.patch('/api/session/person', { name: 'Olive', email: 'olive@example.com' })).status,
    ).toBe(204);
    expect((await owner.get('/api/session')).body.person).toMatchObject({
      name: 'Olive',
      email: 'olive@example.com',
    });
    expect((await owner.patch('/api/session/person', {})).status).toBe(204);
  });

  test('but not to an address that somebody else has', async () => {
    await invite('taken');
    const { status, body } = await owner.patch('/api/session/person', { email: 'TAKEN@example.com' });
    expect([status, body.error.code, body.error.place]).toEqual([409, 'person.email-taken', 'email']);
  });

  test.each([
    [{ name: '' }, 'name', 'Write your name.'],
    [{ email: 'no address' }, 'email', 'Write an e-mail address.'],
    [{ password: 'short' }, 'password', 'Use at least 10 characters.'],
    [{ role: 'owner' }, '', 'Nothing here is called “role”.'],
  ])('%j is refused with its place and a sentence', async (change, place, message) => {
    const { status, body } = await owner.patch('/api/session/person', change);
    expect(status).toBe(400);
    expect(body.error.issues).toEqual([expect.objectContaining({ place, message })]);
  });
});
