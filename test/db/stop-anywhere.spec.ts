import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { newId } from '#server/common/ids.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { claimDue } from '../support/claim.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { SENDER } from '../support/phone-stage.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

const STOPS = [
  'STOP',
  'stop.',
  'Stop! Thank you',
  '🛑',
  'STOP 🙏',
  's.t.o.p',
  'stooop',
  'UNSUBSCRIBE',
  'pls stop texting me',
];
const OTHER_SENDER = '54321';
const DAY = 24 * 3_600_000;

const conversationsSchema = z.array(z.looseObject({ lines: z.array(z.record(z.string(), z.unknown())) }));

/** What people say in a template's conversations, cut off after every text: somebody says STOP at each of these places. */
function placesOf(templateId: string): string[][] {
  const url = new URL(`../../flows/templates/${templateId}/conversations.json`, import.meta.url);
  const places = new Map<string, string[]>();
  for (const { lines } of conversationsSchema.parse(JSON.parse(readFileSync(url, 'utf8')))) {
    const says = lines.flatMap(({ says: said }) => (typeof said === 'string' ? [said] : []));
    for (const at of says.keys()) places.set(JSON.stringify(says.slice(0, at + 1)), says.slice(0, at + 1));
  }
  return [...places.values()].filter((says) => !says.includes('STOP'));
}

interface Person {
  phone: string;
  says: readonly string[];
  stop: string;
  to: string;
  stoppedAt: number;
}

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  clock = new ManualClock();
  database = await createTestDatabase();
  source = database.source;
  workspace = await createWorkspace(source, {
    flows: TEMPLATES.map(({ definition }) => definition),
    lists: Object.fromEntries(
      TEMPLATES.flatMap(({ lists }) => lists.map(({ key, optIn }) => [key, optIn] as const)),
    ),
    contests: Object.fromEntries(
      TEMPLATES.flatMap(({ contests }) => contests.map(({ key }) => [key, null] as const)),
    ),
  });
  await source.query(
    `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
     select $2, workspace_id, gateway_id, program_id, $3, kind, country, destinations, created_at from senders where id = $1`,
    [workspace.senderId, newId(1), OTHER_SENDER],
  );
  path = await openHotPath(database.url, workspace, clock);
});
afterAll(async () => {
  await path?.close();
  await database?.close();
});

/** As a rule, or a gateway's trouble, puts texts off until tomorrow. */
const putOff = (because: string): Promise<unknown> =>
  source.query(`update outbox set due_at = due_at + interval '1 day', ${because} where workspace_id = $1`, [
    workspace.id,
  ]);

test('STOP at every place of every template, in many spellings and to any number of the program, is the end of it', async () => {
  const people = TEMPLATES.flatMap(({ id }) => placesOf(id)).map(
    (says, n): Person => ({
      phone: phoneOf(n),
      says,
      stop: STOPS[n % STOPS.length] ?? 'STOP',
      to: n % 3 === 0 ? OTHER_SENDER : SENDER.address,
      stoppedAt: Number.POSITIVE_INFINITY,
    }),
  );
  expect(people.length).toBeGreaterThan(40);
  const longest = Math.max(...people.map(({ says }) => says.length));
  for (let turn = 0; turn <= longest; turn++) {
    clock.advance(60_000);
    await Promise.all(
      people.map(async (person) => {
        const { phone, says, stop, to } = person;
        const text = says[turn];
        if (text !== undefined) await path.says(phone, text);
        if (turn !== says.length) return;
        person.stoppedAt = clock.now();
        expect([stop, (await path.says(phone, stop, { to })).replies.length]).toEqual([stop, 1]);
      }),
    );
    // What is queued has gone when the next text comes, or is put off, or on its way, or tried again later.
    if (turn % 4 === 0) await path.outbox.sendDue();
    else if (turn % 4 === 1) await putOff('held = true');
    else if (turn % 4 === 2) await clientTransaction(source, (client) => claimDue(client, clock.now(), 50));
    else await putOff('attempts = 3');
  }
  const open = await source.query(
    `select id from runs where workspace_id = $1 and (status <> 'ended' or wake_at is not null)`,
    [workspace.id],
  );
  expect(open).toEqual([]);
  for (const days of [0, 1, 1, 5, 30, 90]) {
    clock.advance(days * DAY);
    await path.wakes.fireDue();
    while ((await path.outbox.sendDue()) > 0);
  }
  const texts: { phone: string; status: string; created: number; sent: number | null }[] = await source.query(
    `select c.phone, m.status, (extract(epoch from m.created_at) * 1000)::float8 as created,
       (extract(epoch from m.sent_at) * 1000)::float8 as sent
     from outbound m join contacts c on c.id = m.contact_id where m.workspace_id = $1`,
    [workspace.id],
  );
  for (const { phone, stop, stoppedAt } of people) {
    const after = texts.filter(
      (text) => text.phone === phone && Math.max(text.created, text.sent ?? 0) >= stoppedAt,
    );
    expect([phone, stop, after.length]).toEqual([phone, stop, 1]);
  }
});
