import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { classify } from '../database/lane-connection.ts';
import type { GatewayAccount } from './gateway.ts';

/** How long a key is believed without asking the database again, in milliseconds: a changed secret counts after that. */
const FRESH_MS = 2_000;
/** A database that takes longer does not keep the known doors shut: where texts go into a log, they need none. */
const PATIENCE_MS = 1_000;

interface Entry {
  account: GatewayAccount | null;
  until: number;
}

/** Finds the account behind the key of a gateway's door. Unknown keys are remembered as well, so that guessing costs little. */
@Injectable()
export class GatewayDirectory {
  private readonly entries = new Map<string, Entry>();
  private readonly asking = new Map<string, Promise<GatewayAccount | null>>();

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The account at hand, undefined when it has to be looked up. */
  known(kind: string, key: string): GatewayAccount | null | undefined {
    const entry = this.entries.get(`${kind} ${key}`);
    return entry && entry.until > this.clock.now() ? entry.account : undefined;
  }

  /** The account with that key, or null. While the database is away the one that was known last. */
  find(kind: string, key: string): Promise<GatewayAccount | null> {
    const name = `${kind} ${key}`;
    const underWay = this.asking.get(name);
    if (underWay) return underWay;
    const known = this.entries.get(name)?.account;
    const asking = (known ? orKnown(this.read(kind, key), known) : this.read(kind, key))
      .then((account) => {
        if (this.entries.size > 10_000) this.entries.clear();
        this.entries.set(name, { account, until: this.clock.now() + FRESH_MS });
        return account;
      })
      .finally(() => this.asking.delete(name));
    this.asking.set(name, asking);
    return asking;
  }

  private async read(kind: string, key: string): Promise<GatewayAccount | null> {
    const rows: GatewayAccount[] = await this.database.query(
      'select id, workspace_id as "workspaceId", kind, config from gateways where kind = $1 and key = $2',
      [kind, key],
    );
    return rows[0] ?? null;
  }
}

/** What was asked for, or what was known before where the answer does not come. */
async function orKnown(
  asking: Promise<GatewayAccount | null>,
  known: GatewayAccount,
): Promise<GatewayAccount | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<GatewayAccount>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, known);
  });
  try {
    return await Promise.race([asking, patience]);
  } catch (error) {
    if (classify(error) !== 'lost') throw error;
    return known;
  } finally {
    clearTimeout(timer);
  }
}
