import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { FewAtOnce } from '../common/few-at-once.ts';
import { Problem } from '../common/problem.ts';
import { classify } from '../database/lane-connection.ts';
import type { GatewayAccount } from './gateway.ts';

/** How long a key is believed without asking the database again, in milliseconds: a changed secret counts after that. */
const FRESH_MS = 2_000;
/** A database that takes longer does not keep the known doors shut: where texts go into a log, they need none. */
const PATIENCE_MS = 1_000;

/** Guesses that the database is asked about at once, and that wait for their turn. */
const GUESSES_AT_ONCE = 4;
const MOST_GUESSES_WAITING = 1_000;
/** Keys that are remembered as nobody's. */
const MOST_UNKNOWN = 10_000;

interface Entry {
  account: GatewayAccount;
  until: number;
}

/**
 * Finds the account behind the key of a gateway's door. Unknown keys are remembered as well, apart from the others: whoever guesses, as
 * fast as may be, makes no account forgotten and takes no more than a few connections.
 */
@Injectable()
export class GatewayDirectory {
  private readonly entries = new Map<string, Entry>();
  /** Until when each is believed to be nobody's. */
  private readonly unknown = new Map<string, number>();
  private readonly guesses = new FewAtOnce(GUESSES_AT_ONCE, MOST_GUESSES_WAITING);
  private readonly asking = new Map<string, Promise<GatewayAccount | null>>();

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The account at hand, null where the key is nobody's, undefined when it has to be looked up. */
  known(kind: string, key: string): GatewayAccount | null | undefined {
    const name = `${kind} ${key}`;
    const now = this.clock.now();
    const entry = this.entries.get(name);
    if (entry && entry.until > now) return entry.account;
    return (this.unknown.get(name) ?? 0) > now ? null : undefined;
  }

  /** The account with that key, or null. While the database is away the one that was known last. */
  find(kind: string, key: string): Promise<GatewayAccount | null> {
    const name = `${kind} ${key}`;
    const underWay = this.asking.get(name);
    if (underWay) return underWay;
    const known = this.entries.get(name)?.account;
    const read = () => this.read(kind, key);
    if (!known && this.guesses.isCrowded) return Promise.reject(crowded());
    const asking = (known ? orKnown(read(), known) : this.guesses.run(read))
      .then((account) => this.remember(name, account))
      .finally(() => this.asking.delete(name));
    this.asking.set(name, asking);
    return asking;
  }

  private remember(name: string, account: GatewayAccount | null): GatewayAccount | null {
    const until = this.clock.now() + FRESH_MS;
    if (account) {
      this.entries.set(name, { account, until });
      this.unknown.delete(name);
    } else {
      this.entries.delete(name);
      if (this.unknown.size >= MOST_UNKNOWN) this.unknown.clear();
      this.unknown.set(name, until);
    }
    return account;
  }

  private async read(kind: string, key: string): Promise<GatewayAccount | null> {
    const rows: GatewayAccount[] = await this.database.query(
      'select id, workspace_id as "workspaceId", kind, config from gateways where kind = $1 and key = $2',
      [kind, key],
    );
    return rows[0] ?? null;
  }
}

const crowded = (): Problem =>
  Problem.unavailable(
    'inbound.overloaded',
    'More addresses are tried than can be looked up now. Send it again in a second.',
  );

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
