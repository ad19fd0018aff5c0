import { describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { SHARDS } from '#server/inbound/backlog-rows.ts';
import * as fc from '../support/properties.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const stage = stageTexting(() => ({}), { nodes: 2 });

/** Another gateway of the workspace, with a number of its own. */
async function addGateway(address: string): Promise<{ gatewayId: string; to: string }> {
  const [gatewayId, { id, programId }] = [newId(1), stage.workspace];
  await stage.source.query(
    `insert into gateways (id, workspace_id, name, kind, key, config, created_at) values ($1, $2, $3, 'simulated', $4, '{}', now())`,
    [gatewayId, id, address, `key-${gatewayId}`],
  );
  await stage.source.query(
    `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
     values ($1, $2, $3, $4, $5, 'short-code', 'US', '{*}', now())`,
    [newId(1), id, gatewayId, programId, address],
  );
  await stage.source.query('update workspaces set revision = revision + 1 where id = $1', [id]);
  return { gatewayId, to: address };
}

interface Left {
  person: number;
  gateway: { gatewayId: string; to: string };
}

let people = 0;

/** Leaves texts pending in this order, as a node does that has no time to decide them; returns their ids. All people are of one share. */
async function leave(texts: readonly Left[]): Promise<string[]> {
  const { id: workspaceId } = stage.workspace;
  const at = new Date(stage.clock.now());
  const first = people;
  const ids = new Map<number, string>();
  for (const { person } of texts) {
    if (ids.has(person)) continue;
    people = Math.max(people, first + person + 1);
    ids.set(
      person,
      `${newId(at.getTime()).slice(0, -4)}${(SHARDS * (person % 1_000)).toString(16).padStart(4, '0')}`,
    );
  }
  const rows = texts.map(({ person, gateway }) => ({
    id: newId(at.getTime()),
    contactId: ids.get(person),
    phone: phoneOf(first + person),
    ...gateway,
  }));
  await stage.source.query(
    `insert into contacts (workspace_id, id, phone, created_at)
     select distinct $1::uuid, c.id, c.phone, $4::timestamptz from unnest($2::uuid[], $3::text[]) c(id, phone)`,
    [workspaceId, rows.map(({ contactId }) => contactId), rows.map(({ phone }) => phone), at],
  );
  const values = [
    workspaceId,
    rows.map(({ id }) => id),
    rows.map(({ contactId }) => contactId),
    rows.map(({ gatewayId }) => gatewayId),
  ];
  await stage.source.query(
    `insert into inbound (workspace_id, id, contact_id, gateway_id, from_address, to_address, text, status, received_at)
     select $1::uuid, t.id, t.contact_id, t.gateway_id, t.phone, t.address, 'HELP', 'pending', $7::timestamptz
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[]) t(id, contact_id, gateway_id, phone, address)`,
    [...values, rows.map(({ phone }) => phone), rows.map(({ to }) => to), at],
  );
  await stage.source.query(
    `insert into backlog (workspace_id, contact_id, inbound_id, shard, gateway_id)
     select $1::uuid, t.contact_id, t.id, 0, t.gateway_id
     from unnest($2::uuid[], $3::uuid[], $4::uuid[]) with ordinality t(id, contact_id, gateway_id, n) order by t.n`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** Which of these texts were answered, in the order in which that was decided. */
const answered = async (ids: readonly string[]): Promise<string[]> => {
  const rows: { cause_id: string }[] = await stage.source.query(
    'select cause_id from outbound where workspace_id = $1 and cause_id = any($2) order by id',
    [stage.workspace.id, ids],
  );
  return rows.map(({ cause_id }) => cause_id);
};

const times = (count: number, gateway: Left['gateway'], from = 0): Left[] =>
  Array.from({ length: count }, (_, n) => ({ person: from + n, gateway }));

describe('texts that wait to be decided', () => {
  test('of a gateway that floods keep those of others waiting no longer than for a turn', async () => {
    const [flood, other] = [await addGateway('77770'), await addGateway('77771')];
    const ids = await leave([...times(900, flood), ...times(20, other, 900)]);
    await stage.path.backlog.workDue();
    const order = await answered(ids);
    expect(order).toHaveLength(920);
    const lastOther = Math.max(...ids.slice(900).map((id) => order.indexOf(id)));
    expect(lastOther).toBeLessThan(600);
  });

  test('are decided in the order of each person, over whichever gateways they came', async () => {
    const gateways = [await addGateway('77772'), await addGateway('77773'), await addGateway('77774')];
    const texts = fc.array(fc.record({ person: fc.nat({ max: 9 }), gateway: fc.constantFrom(...gateways) }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (left) => {
        const ids = await leave(left);
        const [one, two] = [stage.node(0).backlog, stage.node(1).backlog];
        await Promise.all([one.workDue(), two.workDue()]);
        await one.workDue();
        const order = await answered(ids);
        expect(order).toHaveLength(ids.length);
        for (let person = 0; person < 10; person++) {
          const own = ids.filter((_, n) => left[n]?.person === person);
          expect(order.filter((id) => own.includes(id))).toEqual(own);
        }
      }),
      { numRuns: 8 },
    );
  });
});
