import { describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { SENDER } from '../support/phone-stage.ts';
import { createWorkspace } from '../support/workspace.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const person = phoneOf(1);
const DAY = 24 * 3_600_000;

const stage = stageTexting(() => ({
  flows: [template('double-opt-in'), counting('COUNT', 5)],
  lists: { news: 'double' },
}));

const outbound = (): Promise<{ text: string; status: string; queued: boolean }[]> =>
  stage.source.query(
    `select m.text, m.status, o.message_id is not null as queued from outbound m
     left join outbox o on o.workspace_id = m.workspace_id and o.message_id = m.id
     where m.workspace_id = $1 order by m.id`,
    [stage.workspace.id],
  );

describe('STOP', () => {
  test('takes back what is queued, and only its own confirmation is left to go', async () => {
    await stage.path.says(person, 'JOIN');
    await stage.path.says(person, 'COUNT');
    const { replies } = await stage.path.says(person, 'STOP');
    expect(replies).toMatchObject([{ text: expect.stringMatching(/unsubscribed/) }]);
    expect(await outbound()).toEqual([
      { text: expect.stringMatching(/Reply YES/), status: 'cancelled', queued: false },
      { text: '0', status: 'cancelled', queued: false },
      { text: expect.stringMatching(/unsubscribed/), status: 'queued', queued: true },
    ]);
  });

  test('takes back what is leased for sending but not yet gone', async () => {
    await stage.path.says(person, 'JOIN');
    expect(await stage.claimed()).toHaveLength(1);
    await stage.path.says(person, 'STOP');
    stage.clock.advance(5 * 60_000);
    expect((await outbound())[0]).toMatchObject({ status: 'cancelled', queued: false });
    while ((await stage.path.outbox.sendDue()) > 0);
    expect((await outbound()).map(({ status }) => status)).toEqual(['cancelled', 'delivered']);
  });

  test('ends every run and its wake-up; nothing follows later', async () => {
    await stage.path.says(person, 'JOIN');
    await stage.path.says(person, 'COUNT');
    await stage.path.says(person, 'STOP');
    const runs = await stage.source.query(
      'select status, outcome, wake_at from runs where workspace_id = $1',
      [stage.workspace.id],
    );
    expect(runs).toEqual([1, 2].map(() => ({ status: 'ended', outcome: 'stopped', wake_at: null })));
    const texts = (await outbound()).length;
    stage.clock.advance(2 * DAY);
    await stage.path.wakes.fireDue();
    expect(await outbound()).toHaveLength(texts);
  });

  test('once is confirmed once', async () => {
    await stage.path.says(person, 'JOIN');
    await stage.path.says(person, 'STOP');
    expect(await stage.path.says(person, 'stop.')).toMatchObject({ status: 'decided', replies: [] });
    const answers = await Promise.all(Array.from({ length: 10 }, () => stage.path.says(phoneOf(2), 'STOP')));
    expect(answers.flatMap(({ replies }) => replies)).toHaveLength(1);
  });

  test('is confirmed within five minutes or not at all; HELP is answered later as well', async () => {
    await stage.path.says(person, 'STOP');
    await stage.path.says(phoneOf(2), 'STOP');
    await stage.path.says(phoneOf(2), 'HELP');
    stage.clock.advance(4 * 60_000);
    await stage.path.says(phoneOf(3), 'STOP');
    stage.clock.advance(60_001);
    while ((await stage.path.outbox.sendDue()) > 0);
    expect((await outbound()).map(({ status }) => status)).toEqual([
      'expired',
      'expired',
      'delivered',
      'delivered',
    ]);
  });

  test('of a toll-free number in the US is confirmed by the network, which takes no more texts before START', async () => {
    await stage.source.query(`update senders set kind = 'toll-free' where workspace_id = $1`, [
      stage.workspace.id,
    ]);
    expect((await stage.path.says(person, 'Stop')).replies).toEqual([]);
    const { replies } = await stage.path.says(person, 'JOIN');
    expect(replies).toMatchObject([{ text: expect.stringMatching(/START/) }]);
    expect((await stage.path.says(person, 'START')).replies).toHaveLength(1);
    // The network hears this one word, and nothing else that means it.
    expect((await stage.path.says(person, 'stop texting me')).replies).toHaveLength(1);
  });

  test('leaves other people and other programs alone', async () => {
    const other = await createWorkspace(stage.source, {
      flows: [template('double-opt-in')],
      lists: { news: 'double' },
    });
    await stage.path.says(person, 'JOIN');
    await stage.path.says(phoneOf(2), 'JOIN');
    await stage.path.says(person, 'JOIN', { workspaceId: other.id, gatewayId: other.gatewayId });
    await stage.path.says(person, 'STOP');
    expect((await outbound()).map(({ status }) => status)).toEqual(['cancelled', 'queued', 'queued']);
    const [elsewhere] = await stage.source.query('select status from outbound where workspace_id = $1', [
      other.id,
    ]);
    expect(elsewhere.status).toBe('queued');
  });

  test('between texts of the same moment is heard in its place', async () => {
    const answers = await Promise.all(
      ['JOIN', 'YES', 'STOP', 'YES', 'JOIN'].map((text) => stage.path.says(person, text)),
    );
    expect(answers.map(({ replies }) => replies.map(({ text }) => text.slice(17)))).toMatchObject([
      [expect.stringMatching(/Reply YES/)],
      [expect.stringMatching(/You're in/)],
      [expect.stringMatching(/unsubscribed/)],
      [expect.stringMatching(/subscribed again/)],
      [expect.stringMatching(/Reply YES/)],
    ]);
  });

  describe('to a number that sends nothing', () => {
    const STOP_AT = { to: '36111' };

    /** Another program, with a sender that is only a name; returns the sender. */
    async function addNamed(address: string): Promise<string> {
      const [programId, senderId, at] = [newId(1), newId(1), new Date(0)];
      await stage.source.query(
        `insert into programs (id, workspace_id, name, brand, language, contact, created_at)
         values ($1, $2, $3, $3, 'fr', 'x@example.com', $4)`,
        [programId, stage.workspace.id, address, at],
      );
      await stage.source.query(
        `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
         values ($1, $2, $3, $4, $5, 'alphanumeric', 'FR', '{*}', $6)`,
        [senderId, stage.workspace.id, stage.workspace.gatewayId, programId, address, at],
      );
      await shareStopAddress();
      return senderId;
    }

    const shareStopAddress = () =>
      stage.source.query(
        `with p as (update programs set stop_address = '36111' where workspace_id = $1)
         update workspaces set revision = revision + 1 where id = $1`,
        [stage.workspace.id],
      );

    const stoppedWith = (): Promise<{ address: string; state: string }[]> =>
      stage.source.query(
        `select s.address, c.state from consents c join senders s on c.scope = 'program:' || s.program_id
         where c.workspace_id = $1 order by s.address`,
        [stage.workspace.id],
      );

    test('is for the sender whose program names it', async () => {
      await stage.path.says(person, 'JOIN');
      expect(await stage.path.says(person, 'STOP', STOP_AT)).toMatchObject({ status: 'set-aside' });
      await shareStopAddress();
      const { replies } = await stage.path.says(person, 'STOP 36111', STOP_AT);
      expect(replies).toMatchObject([{ from: SENDER.address, text: expect.stringMatching(/unsubscribed/) }]);
      expect((await outbound()).map(({ status }) => status)).toEqual(['cancelled', 'queued']);
    });

    /** These senders have texted the person, one after the other. */
    async function texted(...senderIds: string[]): Promise<void> {
      const [contact] = await stage.source.query('select id from contacts where workspace_id = $1', [
        stage.workspace.id,
      ]);
      for (const [n, senderId] of senderIds.entries()) {
        const at = (n + 1) * 1_000;
        await stage.source.query(
          `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at, sent_at)
           values ($1, $2, $3, $4, $5, 'Soldes', 1, 'marketing', 'delivered', $6, $6)`,
          [
            stage.workspace.id,
            newId(stage.clock.now() + at),
            contact.id,
            stage.workspace.gatewayId,
            senderId,
            new Date(stage.clock.now() + at),
          ],
        );
      }
    }

    test('is for whoever texted the person last where several share it', async () => {
      const [club, shop] = [await addNamed('CLUB'), await addNamed('SHOP')];
      await stage.path.says(person, 'JOIN');
      await stage.path.outbox.sendDue();
      await texted(shop, club);
      expect(await stage.path.says(person, 'STOP', STOP_AT)).toMatchObject({
        status: 'decided',
        replies: [{ from: 'CLUB' }],
      });
      expect(await stoppedWith()).toEqual([{ address: 'CLUB', state: 'stopped' }]);
    });

    test.each(['CLUB', '36111'])(
      'and so it is where that number sends by itself as well, which hears all else: %s',
      async (last) => {
        const [club, own] = [await addNamed('CLUB'), await addNamed('36111')];
        const { replies } = await stage.path.says(person, 'JOIN', STOP_AT);
        expect(replies).toMatchObject([{ from: '36111' }]);
        await texted(...(last === 'CLUB' ? [own, club] : [club, own]));
        expect(await stage.path.says(person, 'STOP', STOP_AT)).toMatchObject({ replies: [{ from: last }] });
      },
    );
  });

  test('while the sender is at work never loses to it: no text goes out after its answer', async () => {
    for (let round = 0; round < 10; round++) {
      const people = Array.from({ length: 20 }, (_, n) => phoneOf(100 + round * 20 + n));
      await Promise.all(people.map((one) => stage.path.says(one, 'JOIN')));
      const [, stopped] = await Promise.all([
        stage.path.outbox.sendDue(),
        Promise.all(people.map((one) => stage.path.says(one, 'STOP'))),
      ]);
      expect(stopped.every(({ replies }) => replies.length === 1)).toBe(true);
      while ((await stage.path.outbox.sendDue()) > 0);
    }
    const rows = await outbound();
    expect(rows.filter(({ queued }) => queued)).toEqual([]);
    expect(new Set(rows.map(({ status }) => status))).not.toContain('queued');
    expect(
      rows.filter(({ text, status }) => /unsubscribed/.test(text) && status === 'delivered'),
    ).toHaveLength(200);
  });
});
