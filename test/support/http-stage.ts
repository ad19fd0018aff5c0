import { z } from 'zod';
import { SAMPLE_CODE } from '#flows/engine/vouchers.ts';
import { acceptedSchema } from '#shared/api/inbound.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';
import type { GoldenConversation, Stage } from './conversation-runner.ts';
import type { ManualClock } from './manual-clock.ts';
import { PERSON, SENDER } from './phone-stage.ts';
import type { TestServer } from './server.ts';
import { until } from './until.ts';
import { createWorkspace } from './workspace.ts';

const textsSchema = z.array(z.object({ text: z.string() }));

/** A template's parts that a conversation needs in the database. */
export interface StagedFlow {
  definition: unknown;
  lists: Readonly<Record<string, 'single' | 'double'>>;
  contests: readonly string[];
  vouchers: readonly string[];
}

/** Puts a conversation's person in front of the server: texts over HTTP, wake-ups by the server's clock. */
export async function stageHttp(
  server: TestServer,
  clock: ManualClock,
  flow: StagedFlow,
  conversation: Omit<GoldenConversation, 'lines'>,
): Promise<Stage> {
  const { source } = server.database;
  const closed = new Set(conversation.closedContests);
  const contests = Object.fromEntries(
    [...flow.contests, ...closed].map((key) => [key, closed.has(key) ? new Date(0) : null]),
  );
  const workspace = await createWorkspace(source, {
    flows: [flow.definition],
    lists: { ...flow.lists, ...conversation.lists },
    contests,
    vouchers: Object.fromEntries(
      flow.vouchers.map((key) => [key, conversation.emptyPools?.includes(key) ? [] : [SAMPLE_CODE]]),
    ),
  });
  if (conversation.begins !== undefined) clock.set(nextSuch(conversation.begins, clock.now()));
  const phone = conversation.phone ?? PERSON;
  await source.query(
    'insert into contacts (workspace_id, id, phone, language, fields, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)',
    [workspace.id, phone, conversation.language ?? null, conversation.contact ?? {}, new Date(0)],
  );
  const wakes = server.app.get(WakeClock);
  const outbox = server.app.get(OutboxService);
  /** Moves the clock once what was due before has gone out: over a jump of days its lease would end, and it would count as failed. */
  const moveOn = async (to: number) => {
    await until(async () => {
      await outbox.sendDue();
      const due: unknown[] = await source.query(
        'select 1 from outbox where workspace_id = $1 and due_at <= $2 limit 1',
        [workspace.id, new Date(clock.now())],
      );
      return due.length === 0;
    });
    clock.set(to);
  };
  return {
    driver: {
      says: async (text) => {
        const response = await fetch(server.url + workspace.door, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ from: phone, to: SENDER.address, text }),
        });
        const accepted = acceptedSchema.parse(await response.json());
        if (accepted.status !== 'decided') throw new Error(`Not decided: ${accepted.reason}`);
        return accepted.replies.map((reply) => reply.text);
      },
      after: async (seconds) => {
        const end = clock.now() + seconds * 1_000;
        // Read before the clock moves on: the server's own rounds fire what is due as well.
        const [{ seen }] = await source.query(
          "select coalesce(max(id::text), '') as seen from outbound where workspace_id = $1",
          [workspace.id],
        );
        for (;;) {
          const [next]: { at: Date | null }[] = await source.query(
            'select min(wake_at) as at from runs where workspace_id = $1 and wake_at <= $2',
            [workspace.id, new Date(end)],
          );
          if (!next?.at) break;
          await moveOn(next.at.getTime());
          await wakes.fireDue();
        }
        await moveOn(end);
        const heard = await source.query(
          'select text from outbound where workspace_id = $1 and id::text > $2 order by id',
          [workspace.id, seen],
        );
        return textsSchema.parse(heard).map(({ text }) => text);
      },
    },
    close: async () => {
      await moveOn(clock.now());
    },
  };
}

const WEEK_MS = 604_800_000;

/** The first moment from `now` on with the weekday and the hour of another: a server's clock must not go back. */
function nextSuch(moment: string, now: number): number {
  const first = Date.parse(moment);
  return first + Math.max(0, Math.ceil((now - first) / WEEK_MS)) * WEEK_MS;
}
