import { Injectable } from '@nestjs/common';
import { type Trigger, triggerSchema } from '#flows/definition/schema.ts';
import type { Keyword } from '#shared/api/keywords.ts';
import { Transactions } from '../../database/transactions.ts';

/** What starts a live flow. */
export interface LiveTrigger {
  trigger: Trigger;
  flow: { id: string; name: string };
}

/** Reads keywords out of what is live. */
@Injectable()
export class KeywordsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The keywords of the live flows' newest versions. */
  live(workspaceId: string): Promise<Keyword[]> {
    return this.transactions.manager.query(
      `select word, coalesce(trigger->>'match', 'first-word') as match, coalesce(trigger->>'sender', '*') as sender,
         trigger->>'medium' as medium, trigger->>'from' as from, trigger->>'until' as until,
         coalesce(trigger->>'known', 'any') as known, json_build_object('id', f.id, 'name', f.name, 'version', v.number) as flow
       from flows f join flow_versions v on v.id = f.version_id
         cross join json_array_elements(v.definition->'triggers') trigger
         cross join json_array_elements_text(trigger->'words') word
       where f.workspace_id = $1 and f.status = 'live'
       order by lower(word), sender, f.name`,
      [workspaceId],
    );
  }

  /** What starts the live flows, in their newest versions. */
  async triggers(workspaceId: string): Promise<LiveTrigger[]> {
    const rows: { trigger: unknown; flow: LiveTrigger['flow'] }[] = await this.transactions.manager.query(
      `select trigger, json_build_object('id', f.id, 'name', f.name) as flow from flows f join flow_versions v on v.id = f.version_id
         cross join json_array_elements(v.definition->'triggers') trigger
       where f.workspace_id = $1 and f.status = 'live' order by f.created_at, f.id`,
      [workspaceId],
    );
    return rows.flatMap(({ trigger, flow }) => {
      const read = triggerSchema.safeParse(trigger);
      return read.success ? [{ trigger: read.data, flow }] : [];
    });
  }
}
