import { EventEmitter } from 'node:events';
import { afterEach, expect, jest, test } from '@jest/globals';
import { SystemClock } from '#server/common/clock.ts';
import { createLog } from '#server/common/log.ts';
import { LiveFeed, type LiveServer, watchRoom } from '#server/live/live-feed.ts';
import type { MessagesRepository } from '#server/messages/messages.repository.ts';

afterEach(() => void jest.useRealTimers());

test('pages that come and go a thousand times a second make the other nodes hear of it a few times', () => {
  jest.useFakeTimers();
  const told: string[][] = [];
  const rooms = new Map([[watchRoom('a'), new Set()]]);
  const server = Object.assign(new EventEmitter(), {
    sockets: { adapter: { rooms } },
    serverSideEmit: (_event: string, _node: string, watched: string[]) => void told.push(watched),
  });
  const feed = new LiveFeed({} as MessagesRepository, new SystemClock(), createLog('silent'));
  feed.attach(server as unknown as LiveServer);
  for (let n = 0; n < 1_000; n++) {
    feed.announce();
    jest.advanceTimersByTime(1);
  }
  expect(told.length).toBeLessThan(10);
  rooms.set(watchRoom('b'), new Set());
  feed.announce();
  jest.advanceTimersByTime(1_000);
  expect(told.at(-1)).toEqual(['a', 'b']);
  feed.onModuleDestroy();
});
