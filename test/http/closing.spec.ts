import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { startTestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

test('a server that is asked to end does, whoever goes on over connections they have kept', async () => {
  const server = await startTestServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 3 });
  const statuses = new Set<number | 'cut'>();
  const ask = async (): Promise<number | 'cut'> => {
    const asked = request(`${server.url}/health`, { agent });
    const answered = once(asked, 'response').then(([answer]) => {
      answer.resume();
      return once(answer, 'end').then(() => Number(answer.statusCode));
    });
    asked.end();
    return await answered.catch(() => 'cut' as const);
  };
  const goOn = async (): Promise<void> => {
    for (;;) {
      const status = await ask();
      statuses.add(status);
      if (status === 'cut') return;
    }
  };
  const everybody = Promise.all([goOn(), goOn(), goOn()]);
  while (!statuses.has(200)) await ask();
  await server.close();
  await everybody;
  agent.destroy();
  for (const status of statuses) expect([200, 503, 'cut']).toContain(status);
}, 60_000);

test('whoever asks a server that is ending is told when to ask again, in the body of every refusal', async () => {
  const server = await startTestServer();
  const port = Number(new URL(server.url).port);
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString();
  });
  const cut = once(socket, 'close');
  await once(socket, 'connect');
  // A request that is still being made keeps its connection; the next one comes over it when nobody else is let in any more.
  socket.write('POST /api/nothing HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n');
  socket.write('content-length: 2\r\n\r\n{');
  await until(async () => (await fetch(`${server.url}/health`)).status === 200);
  const closed = server.close();
  await until(async () => !(await isOpen(port)));
  socket.write('}GET /health HTTP/1.1\r\nhost: a\r\n\r\n');
  await cut;
  await closed;
  const [, answer = ''] = heard.split(/(?=HTTP\/1\.1 503)/);
  expect(answer).toMatch(/\r\nretry-after: 1\r\n/);
  const body: unknown = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
  expect(body).toMatchObject({ error: { code: 'server.closing' }, requestId: expect.any(String) });
}, 60_000);

const isOpen = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};
