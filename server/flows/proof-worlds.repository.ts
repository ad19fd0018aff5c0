import { Injectable } from '@nestjs/common';
import { parse } from '#flows/definition/parse.ts';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { embeddedIn } from '#flows/engine/flatten.ts';
import { definitionHash } from '#flows/prove/hash/definition-hash.ts';
import { type ProofWorld, proofWorld, seenByOthers } from '#flows/prove/world.ts';
import { groupBy } from '../common/group-by.ts';
import { Transactions } from '../database/transactions.ts';
import { listeningSenders } from './listening-senders.ts';

interface SenderRow {
  address: string;
  kind: ProofWorld['senders'][number]['kind'];
  country: string;
  gateway: string;
  program_id: string;
  brand: string;
  language: string;
  contact: string;
  help_text: string;
  stop_text: string;
  start_text: string;
  agent_text: string;
  closed_text: string;
  frequency: string;
}

/** What the worlds of all flows have in common: who sends, what people agree to, and what is live. */
export interface AroundFlows {
  senders: readonly SenderRow[];
  lists: NonNullable<ProofWorld['lists']>;
  live: readonly { flowId: string; seen: NonNullable<ProofWorld['otherFlows']>[number] }[];
}

/** What a world is taken to be, where it is not to be read: what is set up, and whether people who have not texted are begun with. */
export interface GivenWorld {
  around?: AroundFlows;
  ordered?: boolean | null;
}

/** What a flow is proved against: everything else its workspace has published and set up. */
@Injectable()
export class ProofWorlds {
  constructor(private readonly transactions: Transactions) {}

  /**
   * The worlds a flow will live in: one for each country, gateway and program among the senders it listens on, or among all where it
   * listens on none and is started otherwise. A new flow has no id. What is not given is read as it is now.
   */
  async of(
    workspaceId: string,
    flowId: string | null,
    flow: ParsedFlow,
    given: GivenWorld = {},
  ): Promise<ProofWorld[]> {
    const { triggers } = flow.definition;
    const { senders, lists, live } = given.around ?? (await this.around(workspaceId));
    const listening = listeningSenders(triggers, senders);
    const otherFlows = live.filter((one) => one.flowId !== flowId).map(({ seen }) => seen);
    const published = await this.published(workspaceId, flow);
    const groups = groupBy(
      listening.length > 0 ? listening : senders,
      ({ country, gateway, program_id: program }) => `${country} ${gateway} ${program}`,
    );
    const { ordered = (await this.isOrdered(workspaceId, flowId)) || null } = given;
    const elsewhere = { lists, otherFlows, flowId, published, ordered };
    if (groups.size === 0) return [proofWorld(elsewhere)];
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      return first ? [{ ...worldOf(first, group), ...elsewhere }] : [];
    });
  }

  /** Whether a campaign begins the flow, or is about to. Over the API anybody may at any time: that cannot be known. */
  private async isOrdered(workspaceId: string, flowId: string | null): Promise<boolean> {
    const campaigns: unknown[] = await this.transactions.manager.query(
      `select 1 from campaigns where workspace_id = $1 and flow_id = $2
         and status in ('scheduled', 'running', 'paused') limit 1`,
      [workspaceId, flowId],
    );
    return campaigns.length > 0;
  }

  /** How the workspace is set up now. */
  async around(workspaceId: string): Promise<AroundFlows> {
    return {
      senders: await this.senders(workspaceId),
      lists: await this.lists(workspaceId),
      live: await this.live(workspaceId),
    };
  }

  private senders(workspaceId: string): Promise<SenderRow[]> {
    return this.transactions.manager.query(
      `select s.address, s.kind, s.country, g.kind as gateway, s.program_id, p.brand, p.language, p.contact,
         p.help_text, p.stop_text, p.start_text, p.agent_text, p.closed_text, p.frequency
       from senders s join gateways g on g.id = s.gateway_id join programs p on p.id = s.program_id
       where s.workspace_id = $1 order by s.address`,
      [workspaceId],
    );
  }

  private async lists(workspaceId: string): Promise<NonNullable<ProofWorld['lists']>> {
    // People of every country are texted: where one asks for a second text, or for more years, so does the proof.
    const rows: { key: string; opt_in: 'single' | 'double'; age: number | null; hours: number | null }[] =
      await this.transactions.manager.query(
        `select key, case when exists (select 1 from jsonb_each(countries) c(code, terms) where terms ->> 'optIn' = 'double')
             then 'double' else opt_in end as opt_in, greatest(minimum_age,
           (select max((terms ->> 'minimumAge')::int) from jsonb_each(countries) c(code, terms))) as age, asks_hours as hours
         from lists where workspace_id = $1 order by key`,
        [workspaceId],
      );
    return Object.fromEntries(
      rows.map(({ key, opt_in: optIn, age, hours }) => [
        key,
        { optIn, ...(age !== null && { minimumAge: age }), ...(hours !== null && { asksHours: hours }) },
      ]),
    );
  }

  private async live(workspaceId: string): Promise<AroundFlows['live']> {
    const rows: { id: string; definition: unknown }[] = await this.transactions.manager.query(
      `select f.id, v.definition from flows f join flow_versions v on v.id = f.version_id
       where f.workspace_id = $1 and f.status = 'live' order by f.created_at, f.id`,
      [workspaceId],
    );
    return rows.flatMap(({ id, definition }) => {
      const parsed = parse(definition);
      return parsed.definition === null ? [] : [{ flowId: id, seen: seenByOthers(parsed) }];
    });
  }

  /** What steps may hold: the newest version of every flow, for an editor may choose it next, and the versions that are held. */
  private async published(
    workspaceId: string,
    flow: ParsedFlow,
  ): Promise<NonNullable<ProofWorld['published']>> {
    const held = embeddedIn(flow).map(({ flow: { id, version } }) => `${id} ${version}`);
    const rows: { id: string; version: number; definition: unknown }[] =
      await this.transactions.manager.query(
        `select f.id, v.number as version, v.definition from flow_versions v join flows f on f.id = v.flow_id
         where v.workspace_id = $1 and (v.id = f.version_id or concat(f.id, ' ', v.number) = any($2))
         order by f.id, v.number`,
        [workspaceId, held],
      );
    return rows.flatMap(({ definition, ...version }) => {
      const parsed = parse(definition);
      return parsed.definition === null
        ? []
        : [{ ...version, definitionHash: definitionHash(parsed.definition) }];
    });
  }
}

function worldOf(program: SenderRow, senders: readonly SenderRow[]): ProofWorld {
  return proofWorld({
    country: program.country,
    gateway: program.gateway,
    languages: [program.language],
    senders: senders.map(({ address, kind }) => ({ address, kind })),
    program: {
      brand: program.brand,
      contact: program.contact || program.brand,
      ...(program.help_text && { help: program.help_text }),
      ...(program.stop_text && { stopped: program.stop_text }),
      ...(program.start_text && { restarted: program.start_text }),
      ...(program.agent_text && { agent: program.agent_text }),
      ...(program.closed_text && { closed: program.closed_text }),
      ...(program.frequency && { frequency: program.frequency }),
    },
  });
}
