import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { addressesHereOf, addressesOf } from '#server/common/outside/names.ts';

const opened: Socket[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

/** A name server on this machine, which answers a question once `asked` is settled. */
async function nameServer(answer: (question: Buffer) => Buffer, asked = Promise.resolve()): Promise<string> {
  const socket = createSocket('udp4');
  opened.push(socket);
  socket.on('message', (question, { port, address }) => {
    void asked.then(() => socket.send(answer(question), port, address));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return `127.0.0.1:${socket.address().port}`;
}

const TYPE_A = 1;

/** The question, an answer behind it where one is given, and 3 for "no such name" where it is not [RFC 1035, 4.1]. */
function reply(question: Buffer, address: readonly number[] | null): Buffer {
  let end = 12;
  while (question[end]) end += (question[end] ?? 0) + 1;
  end += 5;
  const head = Buffer.from(question.subarray(0, 12));
  head[2] = 0x81;
  head[3] = address ? 0x80 : 0x83;
  head.writeUInt16BE(address ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const record = [0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...(address ?? [])];
  return Buffer.concat([head, question.subarray(12, end), Buffer.from(address ? record : [])]);
}

const typeOf = (question: Buffer): number => question.readUInt16BE(question.indexOf(0, 12) + 1);

describe('a name', () => {
  test('is asked of the name servers', async () => {
    const server = await nameServer((question) =>
      reply(question, typeOf(question) === TYPE_A ? [192, 0, 2, 7] : null),
    );
    expect(await addressesOf('shop.example', [server])).toEqual([{ address: '192.0.2.7', family: 4 }]);
  });

  test('that they do not know has no address', async () => {
    const server = await nameServer((question) => reply(question, null));
    await expect(addressesOf('nobody.example', [server])).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  test('of this machine is the system’s', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => addressesHereOf('localhost')));
    for (const found of all) expect(['127.0.0.1', '::1']).toContain(found[0]?.address);
  });

  test('whose servers are silent holds up nothing else, however many there are', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await nameServer((question) => reply(question, null), released);
    let answered = 0;
    const asking = Array.from({ length: 32 }, (_, n) =>
      addressesOf(`silent-${n}.example`, [server]).catch(() => void answered++),
    );
    // Reading a file takes one of the few threads that the system's own look-up would hold.
    await Promise.all(Array.from({ length: 8 }, () => readFile(new URL(import.meta.url))));
    expect(answered).toBe(0);
    release();
    await Promise.all(asking);
  });
});
