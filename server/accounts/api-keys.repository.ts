import { Injectable } from '@nestjs/common';
import type { ApiKey } from '#shared/api/api-keys.ts';
import type { Role } from '#shared/api/session.ts';
import { Transactions } from '../database/transactions.ts';

/** A key as the database knows it: never the key itself. */
export interface NewApiKey {
  id: string;
  workspaceId: string;
  personId: string;
  name: string;
  role: Role;
  hint: string;
  tokenHash: Buffer;
  createdAt: Date;
}

/** Whom a key acts for, and how far it and they may go. */
export interface KeyHolder {
  id: string;
  workspace_id: string;
  person_id: string;
  role: Role;
  person_role: Role;
  used_at: Date | null;
}

interface KeyRow {
  id: string;
  name: string;
  role: Role;
  hint: string;
  person: string;
  created_at: Date;
  used_at: Date | null;
}

/** Reads and writes the keys of programs, by the hash of the key. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly transactions: Transactions) {}

  async inWorkspace(workspaceId: string): Promise<ApiKey[]> {
    const rows: KeyRow[] = await this.transactions.manager.query(
      `select k.id, k.name, k.role, k.hint, p.name as person, k.created_at, k.used_at
       from api_keys k join people p on p.id = k.person_id where k.workspace_id = $1 order by k.created_at desc, k.id`,
      [workspaceId],
    );
    return rows.map(({ created_at, used_at, ...key }) => ({
      ...key,
      createdAt: created_at.toISOString(),
      usedAt: used_at?.toISOString() ?? null,
    }));
  }

  async add(key: NewApiKey): Promise<void> {
    await this.transactions.manager.query(
      `insert into api_keys (id, workspace_id, person_id, name, role, hint, token_hash, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [key.id, key.workspaceId, key.personId, key.name, key.role, key.hint, key.tokenHash, key.createdAt],
    );
  }

  async remove(workspaceId: string, id: string): Promise<boolean> {
    const [, removed]: [unknown, number] = await this.transactions.manager.query(
      'delete from api_keys where workspace_id = $1 and id = $2',
      [workspaceId, id],
    );
    return removed === 1;
  }

  async holder(tokenHash: Buffer): Promise<KeyHolder | null> {
    const [row]: KeyHolder[] = await this.transactions.manager.query(
      `select k.id, k.workspace_id, k.person_id, k.role, p.role as person_role, k.used_at
       from api_keys k join people p on p.id = k.person_id where k.token_hash = $1`,
      [tokenHash],
    );
    return row ?? null;
  }

  async used(id: string, at: Date): Promise<void> {
    await this.transactions.manager.query('update api_keys set used_at = $2 where id = $1', [id, at]);
  }
}
