import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { mayActAs } from '#shared/api/roles.ts';
import type { ChangeGateway, Gateway, SaveGateway } from '#shared/api/gateways.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { Transactions } from '../../database/transactions.ts';
import { PARTS_SECONDS } from '../../gateways/inbound-settings.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import type { GatewayEntity } from './gateway.entity.ts';
import { GatewaysRepository, type TroubleRow } from './gateways.repository.ts';

/** Gateways: accounts at carriers, each with a secret address of its own. */
@Injectable()
export class Gateways {
  constructor(
    private readonly gateways: GatewaysRepository,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async list(me: Who): Promise<Gateway[]> {
    const rows = await this.gateways.inWorkspace(me.workspaceId);
    const troubles = await this.gateways.troubles(me.workspaceId);
    const now = this.clock.now();
    return rows.map((row) => ({ ...toGateway(row, me), health: healthOf(troubles.get(row.id), now) }));
  }

  /** `key` is the secret part of the address the gateway posts to; left out, it is made up. */
  async add(
    workspaceId: string,
    save: SaveGateway,
    key = randomBytes(24).toString('base64url'),
  ): Promise<{ id: string }> {
    const now = this.clock.now();
    const id = newId(now);
    const { name, kind } = save;
    await this.gateways.add({
      id,
      workspaceId,
      name,
      kind,
      key,
      config: configOf(kind, save, {}),
      createdAt: new Date(now),
    });
    this.live.changed(workspaceId, 'settings');
    return { id };
  }

  /** Whoever saves a gateway that is left alone wants to see at once whether it works now. */
  async change(me: Who, id: string, change: ChangeGateway): Promise<void> {
    await this.transactions.run(async () => {
      const gateway = await this.gateways.hold(me.workspaceId, id);
      if (!gateway) throw Problem.notFound('gateway.not-found', 'There is no such gateway.');
      const { kind, config } = gateway;
      if (change.kind !== undefined && change.kind !== kind) {
        throw Problem.unprocessable(
          'gateway.kind-fixed',
          'A gateway keeps its kind. Add another gateway instead.',
          {
            place: 'kind',
          },
        );
      }
      const name = change.name ?? gateway.name;
      await this.gateways.change(id, { name, config: configOf(kind, change, config) });
      await this.gateways.tryAgain(id, new Date(this.clock.now()));
    });
    this.live.changed(me.workspaceId, 'settings');
  }
}

function configOf(
  kind: GatewayEntity['kind'],
  { sendUrl, secret, partsSeconds, repeatSeconds, mostAtOnce, perSecond }: ChangeGateway,
  before: GatewayEntity['config'],
): GatewayEntity['config'] {
  const inbound = {
    partsSeconds: partsSeconds ?? before.partsSeconds ?? PARTS_SECONDS,
    repeatSeconds: repeatSeconds ?? before.repeatSeconds ?? 0,
  };
  const pace = {
    mostAtOnce: mostAtOnce === undefined ? before.mostAtOnce : mostAtOnce,
    perSecond: perSecond === undefined ? before.perSecond : perSecond,
  };
  if (kind === 'simulated') return { ...inbound, ...pace };
  const kept = secret || before.secret;
  const to = sendUrl === undefined ? (before.sendUrl ?? null) : sendUrl;
  return { ...inbound, ...pace, sendUrl: to, ...(kept && { secret: kept }) };
}

function healthOf(trouble: TroubleRow | undefined, now: number): Gateway['health'] {
  if (!trouble) return { state: 'working', trouble: null, since: null, until: null, reason: null };
  const { since, until, reason } = trouble;
  return {
    state: until.getTime() > now ? 'resting' : 'trying',
    trouble: trouble.trouble,
    since: since.toISOString(),
    until: until.toISOString(),
    reason,
  };
}

/** Whoever knows the key can post texts, so only owners are shown it; the key of a simulated gateway opens no harm. */
function toGateway({ id, name, kind, key, config }: GatewayEntity, me: Who): Omit<Gateway, 'health'> {
  const shown = kind === 'simulated' || mayActAs(me.role, 'owner') ? key : '…';
  return {
    id,
    name,
    kind,
    inboundPath: `/in/${kind}/${shown}`,
    sendUrl: config.sendUrl ?? null,
    signed: Boolean(config.secret),
    reportPath: gatewayOf(kind)?.receipts ? `/in/${kind}/${shown}/dlr` : null,
    mostAtOnce: config.mostAtOnce ?? null,
    perSecond: config.perSecond ?? null,
    partsSeconds: config.partsSeconds ?? PARTS_SECONDS,
    repeatSeconds: config.repeatSeconds ?? 0,
  };
}
