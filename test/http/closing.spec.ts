import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { expect, test } from '@jest/globals';
import { startTestServer } from '../support/server.ts';

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
