import type { DataSource } from 'typeorm';

/**
 * Where events stand of which conversations have not heard: beside what they are about, in a table with `workspace_id`, `contact_id`,
 * `tell_at`, when they are to be told, null where there is nothing to tell, and `heard`, the runs that have heard of them while others
 * could not. Names of columns go into SQL as they are.
 */
export interface EventSource {
  /** What steps that wait for it call the event. */
  name: string;
  table: string;
  /** The columns that tell its rows apart. */
  row: readonly string[];
  /** The columns with the event's key and its value. */
  key: string;
  value: string;
}

/** An event that is to be told; leased to this process for half a minute. */
export interface UntoldEvent {
  workspaceId: string;
  phone: string;
  key: string;
  value: string;
  /** The runs that have heard of it. */
  heard: readonly string[];
  /** What is in the columns that tell rows apart. */
  row: readonly string[];
  /** The end of the lease, which tells this telling from a later one. */
  tellAt: Date;
}

const LEASE_SECONDS = 30;

/** Keeps which events of a source are still to be told. */
export class UntoldEvents {
  constructor(
    private readonly database: DataSource,
    private readonly source: EventSource,
  ) {}

  /** Claims events that are to be told, the oldest first. */
  async claim(now: Date, most: number): Promise<UntoldEvent[]> {
    const { table, row, key, value } = this.source;
    const [claimed]: [UntoldEvent[], number] = await this.database.query(
      `update ${table} e set tell_at = $1::timestamptz + interval '${LEASE_SECONDS} seconds' from contacts c
       where e.ctid = any(array(
           select u.ctid from ${table} u where u.tell_at <= $1 order by u.tell_at limit $2 for update skip locked))
         and c.workspace_id = e.workspace_id and c.id = e.contact_id
       returning e.workspace_id as "workspaceId", c.phone, e.${key} as key, e.${value} as value,
         array[${row.map((column) => `e.${column}::text`).join(', ')}] as row, e.tell_at as "tellAt", coalesce(e.heard, '{}') as heard`,
      [now, most],
    );
    return claimed;
  }

  /** Null: it was told, and nobody need know any more who has heard of it. */
  async tellNext({ row, tellAt }: UntoldEvent, at: Date | null, heard: readonly string[]): Promise<void> {
    const isRow = this.source.row.map((column, n) => `${column} = $${n + 4}`).join(' and ');
    await this.database.query(
      `update ${this.source.table} set tell_at = $1, heard = nullif($3::uuid[], '{}') where tell_at = $2 and ${isRow}`,
      [at, tellAt, heard, ...row],
    );
  }
}
