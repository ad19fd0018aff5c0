import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { post, type PostAnswer } from '#server/gateways/http/post.ts';

const PATIENCE_MS = 300;
const BODY = '{"id":"far-1"}';

let server: Server | undefined;
const sockets: Socket[] = [];

/** A far end that does as told with each connection once something has come over it. */
async function farEnd(behaves: (socket: Socket) => void, scheme = 'http'): Promise<string> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => behaves(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `${scheme}://127.0.0.1:${port}/send`;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server?.close(resolve));
});

const ask = (url: string, signal = new AbortController().signal): Promise<PostAnswer> =>
  post(url, '{}', {}, { timeoutMs: PATIENCE_MS, signal });

const head = (status: string, length: number): string =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\n\r\n`;

describe('an answer that breaks off after its status', () => {
  test.each([
    ['at once', (socket: Socket) => void socket.end(head('200 OK', 100))],
    ['in the middle', (socket: Socket) => void socket.end(head('200 OK', 100) + BODY)],
    ['without an end', (socket: Socket) => void socket.write(head('200 OK', 100) + BODY)],
  ])('%s, is one: a text that was taken does not go again', async (_, behaves) => {
    expect(await ask(await farEnd(behaves))).toMatchObject({ status: 200 });
  });

  test('says what came of it', async () => {
    const url = await farEnd((socket) => void socket.end(head('503 Busy', 100) + BODY));
    expect(await ask(url)).toMatchObject({ status: 503, body: BODY });
  });
});

describe('no answer', () => {
  test('because the connection ended leaves open whether the request was read', async () => {
    const url = await farEnd((socket) => void socket.destroy());
    await expect(ask(url)).rejects.toMatchObject({ trouble: 'silent' });
  });

  test('in time leaves that open as well', async () => {
    await expect(ask(await farEnd(() => undefined))).rejects.toMatchObject({ trouble: 'silent' });
  });

  test('because there never was a connection means that nobody has read anything', async () => {
    // It takes the connection, and keeps silent where TLS wants a word.
    const url = await farEnd(() => undefined, 'https');
    await expect(ask(url)).rejects.toMatchObject({ trouble: 'unreachable' });
  });

  test('before what came ahead of it, such as 103, is none', async () => {
    const url = await farEnd((socket) => void socket.end('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'));
    await expect(ask(url)).rejects.toMatchObject({ trouble: 'silent' });
  });
});
