import type { DataSource } from 'typeorm';
import { acceptedSchema } from '#shared/api/inbound.ts';
import type { RunningApp } from '#server/bootstrap.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startNats, type TestNats } from '../../support/nats.ts';
import { SENDER } from '../../support/phone-stage.ts';
import { startNodeOn } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { createWorkspace, type TestWorkspace, type WorkspaceParts } from '../../support/workspace.ts';

/** Nodes whose texts go through an inbound log on a NATS of their own. */
export class LoggedStage {
  readonly nodes: RunningApp[] = [];
  private constructor(
    readonly nats: TestNats,
    readonly database: TestDatabase,
    readonly workspace: TestWorkspace,
  ) {}

  static async open(program: string, parts: WorkspaceParts): Promise<LoggedStage> {
    const nats = await startNats(program);
    const database = await createTestDatabase();
    return new LoggedStage(nats, database, await createWorkspace(database.source, parts));
  }

  get source(): DataSource {
    return this.database.source;
  }

  /** Starts a further node; `url`: its way to the database. */
  async startNode(url = this.database.url): Promise<RunningApp> {
    const env = { NATS_URL: this.nats.url, NATS_DURABILITY: 'unsafe', DATABASE_URL: url };
    const node = await startNodeOn(url, {}, env);
    this.nodes.push(node);
    return node;
  }

  /** Ends all nodes. */
  async endNodes(): Promise<void> {
    for (const node of this.nodes.splice(0)) await node.close();
  }

  /** Somebody texts, at the first node; resolves to the answer. */
  async says(from: string, text: string, id?: string) {
    const response = await fetch(`${this.nodes[0]?.url}${this.workspace.door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, to: SENDER.address, text, ...(id && { id }) }),
    });
    const body: unknown = await response.json();
    return { status: response.status, body, accepted: acceptedSchema.safeParse(body).data };
  }

  /** What this person was answered, in order; empty while nothing they said is decided. */
  async heard(from: string): Promise<string[]> {
    const rows: { text: string }[] = await this.source.query(
      `select o.text from outbound o join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
       where c.workspace_id = $1 and c.phone = $2 order by o.id`,
      [this.workspace.id, from],
    );
    return rows.map(({ text }) => text);
  }

  /** Waits until all these people were answered, and tells what. */
  async untilHeard(people: readonly string[]): Promise<string[][]> {
    for (const person of people) await until(async () => (await this.heard(person)).length > 0);
    return await Promise.all(people.map((person) => this.heard(person)));
  }

  async close(): Promise<void> {
    await this.endNodes();
    await this.database.close();
    await this.nats.close();
  }
}
