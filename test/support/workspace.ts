import type { DataSource } from 'typeorm';
import { newId } from '#server/common/ids.ts';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { BRAND, HELP_CONTACT, opened, SENDER } from './phone-stage.ts';

/** A workspace put into the database by hand: one gateway, one program, one sender, and the flows published on it. */
export interface TestWorkspace {
  id: string;
  gatewayId: string;
  senderId: string;
  programId: string;
  /** Where the gateway posts texts. */
  door: string;
  flowIds: string[];
}

export interface WorkspaceParts {
  flows?: readonly unknown[];
  lists?: Readonly<Record<string, ListPolicy['optIn']>>;
  contests?: Readonly<Record<string, Date | null>>;
  /** Pools of vouchers, by their codes. */
  vouchers?: Readonly<Record<string, readonly string[]>>;
  gateway?: { kind: string; config?: Record<string, unknown> };
  address?: string;
  country?: string;
}

let count = 0;

/** Puts the workspace of the golden conversations into the database, with these flows live. */
export async function createWorkspace(
  source: DataSource,
  parts: WorkspaceParts = {},
): Promise<TestWorkspace> {
  const at = new Date('2026-01-01T00:00:00Z');
  const id = newId(at.getTime());
  const [gatewayId, programId, senderId] = [newId(1), newId(1), newId(1)];
  const kind = parts.gateway?.kind ?? 'simulated';
  const key = `key-${++count}-${id}`;
  const add = (text: string, values: unknown[]): Promise<unknown> => source.query(text, values);
  await add('insert into workspaces (id, name, created_at) values ($1, $2, $3)', [id, 'Test', at]);
  await add(
    `insert into gateways (id, workspace_id, name, kind, key, config, created_at) values ($1, $2, 'Gateway', $3, $4, $5, $6)`,
    [gatewayId, id, kind, key, parts.gateway?.config ?? {}, at],
  );
  await add(
    `insert into programs (id, workspace_id, name, brand, language, contact, created_at) values ($1, $2, 'Program', $3, 'en', $4, $5)`,
    [programId, id, BRAND, HELP_CONTACT, at],
  );
  await add(
    `insert into senders (id, workspace_id, gateway_id, program_id, address, kind, country, destinations, created_at)
     values ($1, $2, $3, $4, $5, 'short-code', $6, '{*}', $7)`,
    [
      senderId,
      id,
      gatewayId,
      programId,
      parts.address ?? SENDER.address,
      parts.country ?? SENDER.country,
      at,
    ],
  );
  for (const [list, optIn] of Object.entries(parts.lists ?? {})) {
    await add('insert into lists (workspace_id, key, name, opt_in, created_at) values ($1, $2, $2, $3, $4)', [
      id,
      list,
      optIn,
      at,
    ]);
  }
  for (const [contest, closesAt] of Object.entries(parts.contests ?? {})) {
    await add(
      'insert into contests (workspace_id, key, name, closes_at, created_at) values ($1, $2, $2, $3, $4)',
      [id, contest, closesAt, at],
    );
  }
  for (const [pool, codes] of Object.entries(parts.vouchers ?? {})) {
    await add('insert into voucher_pools (workspace_id, key, name, created_at) values ($1, $2, $2, $3)', [
      id,
      pool,
      at,
    ]);
    await add('insert into voucher_codes (workspace_id, pool, code) select $1, $2, unnest($3::text[])', [
      id,
      pool,
      [...codes],
    ]);
  }
  const flowIds = [];
  for (const flow of parts.flows ?? []) flowIds.push(await publishFlow(source, id, flow));
  return { id, gatewayId, senderId, programId, door: `/in/${kind}/${key}`, flowIds };
}

/** Publishes a definition as version 1 of a new flow. */
export async function publishFlow(
  source: DataSource,
  workspaceId: string,
  definition: unknown,
): Promise<string> {
  const { definition: flow } = opened(definition);
  const [flowId, versionId] = [newId(1), newId(1)];
  const at = new Date('2026-01-01T00:00:00Z');
  await source.query(
    `insert into flows (id, workspace_id, name, status, draft, created_at, updated_at) values ($1, $2, $3, 'draft', $4, $5, $5)`,
    [flowId, workspaceId, flow.name, JSON.stringify(flow), at],
  );
  await source.query(
    'insert into flow_versions (id, workspace_id, flow_id, number, definition, published_at) values ($1, $2, $3, 1, $4, $5)',
    [versionId, workspaceId, flowId, JSON.stringify(flow), at],
  );
  await source.query(`update flows set status = 'live', version_id = $2 where id = $1`, [flowId, versionId]);
  return flowId;
}
