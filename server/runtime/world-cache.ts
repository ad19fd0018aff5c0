import { Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { buildSenderWorld, type SenderFacts } from '#flows/engine/sender-world.ts';
import type { ProgramTexts, PublishedFlow, SenderWorld } from '#flows/engine/world.ts';
import type { FlowStatus } from '#shared/api/flows.ts';
import { countryRules } from '#shared/sms/countries/index.ts';
import { defaultTexts } from '#shared/sms/default-texts.ts';
import { parsePhone } from '#shared/sms/phone.ts';
import { normalise } from '#shared/sms/text.ts';
import { groupBy } from '../common/group-by.ts';
import { Config } from '../config.ts';
import type { GatewayAccount } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { FlowCache } from './flow-cache.ts';

/** A sender with everything that decides about a text to it. */
export interface SenderEntry {
  id: string;
  address: string;
  country: string;
  programId: string;
  gatewayId: string;
  /** Other programs name its address for STOP. */
  sharesStop: boolean;
  world: SenderWorld;
}

/** What a workspace has published and set up, as of one revision. */
export interface WorkspaceWorld {
  workspaceId: string;
  revision: string;
  /** Such as Europe/London. */
  timeZone: string;
  gateways: ReadonlyMap<string, GatewayAccount>;
  senders: ReadonlyMap<string, SenderEntry>;
  /** By gateway and address, a number in any form that carriers write: where a text comes in. */
  senderAt: (gatewayId: string, address: string) => SenderEntry | undefined;
  /** Those whose STOP is texted to this address. */
  stoppedAt: (address: string) => readonly SenderEntry[];
  /** One sender of each program for which this address speaks through another gateway, or has spoken: a STOP to it is theirs still. */
  spokenFor: (address: string) => readonly SenderEntry[];
  /** When each contest closes, in milliseconds; null means open. */
  contests: ReadonlyMap<string, number | null>;
  /** Whether a live flow has an experiment, so that arms must be read. */
  hasExperiments: boolean;
}

interface SenderRow {
  id: string;
  address: string;
  kind: string;
  country: string;
  gateway_id: string;
  gateway_kind: string;
  program_id: string;
  brand: string;
  language: string;
  contact: string;
  help_text: string;
  stop_text: string;
  start_text: string;
  agent_text: string;
  stop_address: string;
  closed_text: string;
}

/** The worlds of all workspaces, each rebuilt when its revision in the database has moved on. */
@Injectable()
export class WorldCache {
  private readonly worlds = new Map<string, WorkspaceWorld>();
  private readonly loading = new Map<string, Promise<WorkspaceWorld>>();

  constructor(
    private readonly database: DataSource,
    private readonly flows: FlowCache,
    @Optional() private readonly config?: Config,
  ) {}

  /** The world of a workspace at that revision, as read by the caller's own transaction. */
  async at(workspaceId: string, revision: string): Promise<WorkspaceWorld> {
    const known = this.worlds.get(workspaceId);
    if (known?.revision === revision) return known;
    const key = `${workspaceId} ${revision}`;
    const underWay = this.loading.get(key);
    if (underWay) return underWay;
    const loading = this.load(workspaceId).finally(() => this.loading.delete(key));
    this.loading.set(key, loading);
    return loading;
  }

  /** The world of a workspace as it is now, for those who only want to look at it. */
  async current(workspaceId: string): Promise<WorkspaceWorld> {
    const [row]: { revision: string }[] = await this.database.query(
      'select revision::text from workspaces where id = $1',
      [workspaceId],
    );
    return this.at(workspaceId, row?.revision ?? '0');
  }

  /** What decides of a text whether it is a STOP, where it is the flows that cannot be read. */
  async withoutFlows(workspaceId: string): Promise<WorkspaceWorld> {
    return await this.load(workspaceId, { flows: false });
  }

  private async load(workspaceId: string, wanted = { flows: true }): Promise<WorkspaceWorld> {
    const [workspace]: { revision: string; time_zone: string }[] = await this.database.query(
      'select revision::text, time_zone from workspaces where id = $1',
      [workspaceId],
    );
    const [gateways, senders, addresses, lists, contests, flows, closedFlows] = await Promise.all([
      this.readGateways(workspaceId),
      this.readSenders(workspaceId),
      this.readAddresses(workspaceId),
      this.readLists(workspaceId),
      this.readContests(workspaceId),
      wanted.flows ? this.readFlows(workspaceId, ['live']) : [],
      wanted.flows ? this.readFlows(workspaceId, ['paused', 'archived']) : [],
    ]);
    const linkBase = `${publicUrl(this.config)}/l/`;
    const byStopAddress = groupBy(
      senders.filter((row) => row.stop_address !== ''),
      (row) => keyOf(row.stop_address),
    );
    const entries = senders.map((row) => {
      const others = byStopAddress.get(keyOf(row.address)) ?? [];
      const sharesStop = others.some(({ program_id: programId }) => programId !== row.program_id);
      return senderEntry(row, sharesStop, { lists, flows, closedFlows, linkBase });
    });
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const world: WorkspaceWorld = {
      workspaceId,
      revision: workspace?.revision ?? '0',
      timeZone: workspace?.time_zone ?? 'UTC',
      gateways,
      senders: byId,
      senderAt: finderOf(entries),
      stoppedAt: (address) =>
        (byStopAddress.get(keyOf(address)) ?? []).flatMap(({ id }) => byId.get(id) ?? []),
      spokenFor: (address) =>
        (addresses.get(keyOf(address)) ?? []).flatMap(
          (programId) => entries.find((entry) => entry.programId === programId) ?? [],
        ),
      contests,
      hasExperiments: flows.some((flow) =>
        flow.compiled.definition.nodes.some((node) => node.kind === 'split'),
      ),
    };
    if (wanted.flows) this.worlds.set(workspaceId, world);
    return world;
  }

  private async readGateways(workspaceId: string): Promise<Map<string, GatewayAccount>> {
    const rows: GatewayAccount[] = await this.database.query(
      'select id, workspace_id as "workspaceId", kind, config from gateways where workspace_id = $1',
      [workspaceId],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private readSenders(workspaceId: string): Promise<SenderRow[]> {
    return this.database.query(
      `select s.id, s.address, s.kind, s.country, s.gateway_id, g.kind as gateway_kind, s.program_id,
              p.brand, p.language, p.contact, p.help_text, p.stop_text, p.start_text, p.agent_text, p.closed_text, p.stop_address
       from senders s join programs p on p.id = s.program_id join gateways g on g.id = s.gateway_id
       where s.workspace_id = $1`,
      [workspaceId],
    );
  }

  /** The programs of every address that ever was a sender's. */
  private async readAddresses(workspaceId: string): Promise<Map<string, string[]>> {
    const rows: { key: string; programs: string[] }[] = await this.database.query(
      `select address_key as key, array_agg(program_id::text order by until desc nulls first) as programs
       from sender_addresses where workspace_id = $1 group by 1`,
      [workspaceId],
    );
    return new Map(rows.map(({ key, programs }) => [key, programs]));
  }

  private async readLists(workspaceId: string): Promise<Map<string, ListPolicy>> {
    const rows: ({ key: string } & ListPolicy)[] = await this.database.query(
      `select key, opt_in as "optIn", basis, lasts_days as "lastsDays", implied_days as "impliedDays",
         minimum_age as "minimumAge", asks_hours as "asksHours", nullif(countries, '{}') as countries
       from lists where workspace_id = $1`,
      [workspaceId],
    );
    return new Map(rows.map(({ key, ...policy }) => [key, policy]));
  }

  private async readContests(workspaceId: string): Promise<Map<string, number | null>> {
    const rows: { key: string; closes_at: Date | null }[] = await this.database.query(
      'select key, closes_at from contests where workspace_id = $1',
      [workspaceId],
    );
    return new Map(rows.map((row) => [row.key, row.closes_at?.getTime() ?? null]));
  }

  /** The newest versions of the flows in that status. */
  private async readFlows(workspaceId: string, statuses: readonly FlowStatus[]): Promise<PublishedFlow[]> {
    const rows: { version_id: string }[] = await this.database.query(
      `select version_id from flows where workspace_id = $1 and status = any($2) and version_id is not null order by created_at, id`,
      [workspaceId, statuses],
    );
    const ids = rows.map((row) => row.version_id);
    const flows = await this.flows.load(ids);
    return ids.flatMap((id) => flows.get(id) ?? []);
  }
}

/** So many ways to write its numbers are kept of a workspace. */
const MOST_FORMS = 10_000;

/** Finds a sender of a gateway. Its own numbers are written as carriers like: with a plus, without, with zeros, as at home. */
function finderOf(senders: readonly SenderEntry[]): WorkspaceWorld['senderAt'] {
  const found = new Map(senders.map((sender) => [`${sender.gatewayId} ${sender.address}`, sender]));
  const countries = new Map(
    [...groupBy(senders, ({ gatewayId }) => gatewayId)].map(([id, own]) => [
      id,
      [...new Set(own.map(({ country }) => country))],
    ]),
  );
  return (gatewayId, address) => {
    const written = `${gatewayId} ${address}`;
    const known = found.get(written);
    if (known) return known;
    for (const country of countries.get(gatewayId) ?? []) {
      const number = parsePhone(address, country)?.e164;
      const sender = number && found.get(`${gatewayId} ${number}`);
      if (!sender) continue;
      // A carrier writes all of its texts in one way, and to read a number takes longer than to decide a text.
      if (found.size < MOST_FORMS) found.set(written, sender);
      return sender;
    }
    return undefined;
  };
}

/** An address as `address_key` of the database has it: carriers write numbers with a plus and without, and phones show names as they like. */
const keyOf = (address: string): string => address.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

function senderEntry(
  row: SenderRow,
  sharesStop: boolean,
  published: Pick<SenderFacts, 'lists' | 'flows' | 'closedFlows' | 'linkBase'>,
): SenderEntry {
  const { flows } = published;
  return {
    id: row.id,
    address: row.address,
    country: row.country,
    programId: row.program_id,
    gatewayId: row.gateway_id,
    sharesStop,
    world: buildSenderWorld({
      address: row.address,
      country: row.country,
      gateway: row.gateway_kind,
      languages: [...new Set([row.language, ...flows.flatMap((flow) => flow.compiled.definition.languages)])],
      program: programTexts(row),
      ...published,
    }),
  };
}

/** Where people's phones find this server. */
function publicUrl(config: Config | undefined): string {
  if (config?.publicUrl !== undefined) return config.publicUrl;
  return config ? `http://${config.host}:${config.port}` : 'http://localhost';
}

/** The program's own words; where it has none, the country's standard ones. */
function programTexts(row: SenderRow): ProgramTexts {
  const standard = defaultTexts(row.language, {
    brand: row.brand,
    contact: row.contact || row.brand,
    country: row.country,
    ...(row.stop_address === '' ? {} : { stopAddress: row.stop_address }),
  });
  return {
    brand: row.brand,
    help: row.help_text || standard.help,
    stopped: row.stop_text || standard.stopConfirmation,
    restarted: row.start_text || standard.startConfirmation,
    agent: row.agent_text,
    closed: row.closed_text || standard.closed,
    blocked: standard.blocked,
    confirmsStop: !(gatewayOf(row.gateway_kind)?.confirmsStop ?? false),
    ...(row.kind === 'toll-free' ? { networkStops: networkStops(row.country) } : {}),
  };
}

const networkStops = (country: string): ReadonlySet<string> =>
  new Set((countryRules(country).tollFreeStops ?? []).flatMap(({ words }) => words.map(normalise)));
