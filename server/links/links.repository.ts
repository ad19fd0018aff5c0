import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.ts';

/** A short link with whose it is. */
export interface LinkRow {
  code: string;
  workspace_id: string;
  phone: string;
  name: string;
  url: string;
  created_at: Date;
}

/** How a link of a flow was taken up. */
export interface LinkFigures {
  node: string;
  name: string;
  made: number;
  clicked: number;
  scans: number;
}

@Injectable()
export class LinksRepository {
  constructor(private readonly transactions: Transactions) {}

  async find(code: string): Promise<LinkRow | null> {
    const [row]: LinkRow[] = await this.transactions.manager.query(
      `select l.code, l.workspace_id, c.phone, l.name, l.url, l.created_at from links l
       join contacts c on c.workspace_id = l.workspace_id and c.id = l.contact_id where l.code = $1`,
      [code],
    );
    return row ?? null;
  }

  /** Notes a click. True for a person's first, also where several come at once: its conversation is to be told of it. */
  async click(
    link: LinkRow,
    click: { id: string; at: Date; scanner: string | null; agent: string | null },
  ): Promise<boolean> {
    const { id, at, scanner, agent } = click;
    await this.transactions.manager.query(
      'insert into link_clicks (workspace_id, code, id, at, scanner, agent) values ($1, $2, $3, $4, $5, $6)',
      [link.workspace_id, link.code, id, at, scanner, agent],
    );
    if (scanner !== null) return false;
    const [, changed]: [unknown, number] = await this.transactions.manager.query(
      'update links set clicked_at = $2, tell_at = $2 where code = $1 and clicked_at is null',
      [link.code, at],
    );
    return changed === 1;
  }

  /** Whether the workspace has this flow. */
  async hasFlow(workspaceId: string, flowId: string): Promise<boolean> {
    const rows: unknown[] = await this.transactions.manager.query(
      'select 1 from flows where workspace_id = $1 and id = $2',
      [workspaceId, flowId],
    );
    return rows.length > 0;
  }

  /** How the links of a flow were taken up, over all its versions. */
  figures(workspaceId: string, flowId: string): Promise<LinkFigures[]> {
    return this.transactions.manager.query(
      `select l.node, l.name, count(*)::int as made, count(l.clicked_at)::int as clicked,
         coalesce(sum((select count(*) from link_clicks k where k.workspace_id = l.workspace_id and k.code = l.code
           and k.scanner is not null)), 0)::int as scans
       from links l join runs r on r.workspace_id = l.workspace_id and r.id = l.run_id
       where l.workspace_id = $1 and r.flow_id = $2 group by l.node, l.name order by 3 desc, 1`,
      [workspaceId, flowId],
    );
  }
}
