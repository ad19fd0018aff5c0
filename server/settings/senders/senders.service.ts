import { Injectable } from '@nestjs/common';
import {
  type ChangeSender,
  type SaveSender,
  type Sender,
  type SenderInput,
  saveSenderSchema,
} from '#shared/api/senders.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { unlessTaken } from '../../database/taken.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { GatewaysRepository } from '../gateways/gateways.repository.ts';
import { KeywordsRepository } from '../keywords/keywords.repository.ts';
import { ProgramsRepository } from '../programs/programs.repository.ts';
import { PutOffTextsRepository } from '../put-off-texts.repository.ts';
import { SettingChanges } from '../setting-changes.ts';
import { senderAddress } from './sender-address.ts';
import type { SenderEntity } from './sender.entity.ts';
import { SendersRepository } from './senders.repository.ts';

/** Senders: the numbers and names that people see. None comes, changes or goes that a live flow could not be published with, or without. */
@Injectable()
export class Senders {
  constructor(
    private readonly senders: SendersRepository,
    private readonly gateways: GatewaysRepository,
    private readonly programs: ProgramsRepository,
    private readonly keywords: KeywordsRepository,
    private readonly changes: SettingChanges,
    private readonly putOff: PutOffTextsRepository,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async list(me: Who): Promise<Sender[]> {
    const rows = await this.senders.inWorkspace(me.workspaceId);
    const sent = await this.senders.sentToday(me.workspaceId, new Date(this.clock.now()));
    return rows.flatMap((row) => toSender(row, sent.get(row.id) ?? 0));
  }

  async add(workspaceId: string, save: SenderInput): Promise<{ id: string }> {
    const now = this.clock.now();
    const id = newId(now);
    const checked = await this.check(workspaceId, namelessAsNone(saveSenderSchema.parse(save)));
    const sender = { ...checked, id, workspaceId, createdAt: new Date(now) };
    await this.changes.make(workspaceId, async () => {
      await this.refuseStoppedBefore(workspaceId, sender, 'programId');
      await unlessTaken(this.senders.add(sender), () => taken(checked));
    });
    this.live.changed(workspaceId, 'settings');
    return { id };
  }

  /** Changes a sender. What people text to, and what texts them, stays as long as a keyword names it or somebody talks to it. */
  async change(me: Who, id: string, save: ChangeSender): Promise<void> {
    const { workspaceId } = me;
    const before = await this.senders.find(workspaceId, id);
    if (!before) throw notFound();
    const checked = await this.check(workspaceId, {
      address: save.address ?? before.address,
      kind: save.kind ?? before.kind,
      country: save.country ?? before.country,
      gatewayId: save.gatewayId ?? before.gatewayId,
      programId: save.programId ?? before.programId,
    });
    // What is left out is not written, whoever changes it meanwhile. An address is written the way its kind and country are.
    const { address: _asWritten, ...named } = namelessAsNone(save);
    const { address } = checked;
    const given = { ...named, ...(address !== before.address && { address }) };
    const change = this.changes.make(workspaceId, async () => {
      const isRenamed = checked.address !== before.address;
      const isSilenced = checked.kind === 'alphanumeric' && before.kind !== 'alphanumeric';
      if (isRenamed || isSilenced) await this.refuseBound(workspaceId, before);
      if (isRenamed) await this.refuseTalking(workspaceId, before);
      const isMoved = checked.programId !== before.programId;
      if (isMoved) await this.refuseStopped(workspaceId, before);
      if (isMoved || isRenamed)
        await this.refuseStoppedBefore(workspaceId, checked, isRenamed ? 'address' : 'programId');
      const found = await unlessTaken(this.senders.change(workspaceId, id, given), () => taken(checked));
      if (!found) throw notFound();
    });
    await change.catch((error: unknown) => {
      throw beside(
        PROVED.find((field) => checked[field] !== before[field]),
        error,
      );
    });
    const isOther = (limit: (typeof LIMITS)[number]): boolean =>
      given[limit] !== undefined && JSON.stringify(given[limit]) !== JSON.stringify(before[limit]);
    // Those of a campaign have theirs together.
    const isShared = before.campaign !== null || Boolean(given.campaign);
    if (LIMITS.some(isOther)) await this.putOff.lookAgain(workspaceId, isShared ? null : id);
    this.live.changed(workspaceId, 'settings');
  }

  /** Removes a sender that nobody is talking to and no keyword names. */
  async remove(me: Who, id: string): Promise<void> {
    const { workspaceId } = me;
    const sender = await this.senders.find(workspaceId, id);
    if (!sender) throw notFound();
    await this.changes.make(workspaceId, async () => {
      await this.refuseBound(workspaceId, sender);
      await this.refuseTalking(workspaceId, sender);
      await this.refuseUnread(workspaceId, sender);
      await this.senders.remove(workspaceId, id);
    });
    this.live.changed(workspaceId, 'settings');
  }

  private async refuseBound(workspaceId: string, { address }: SenderEntity): Promise<void> {
    const triggers = await this.keywords.triggers(workspaceId);
    const bound = triggers.find(({ trigger }) => trigger.sender === address);
    if (!bound) return;
    const [word] = bound.trigger.words;
    const what = word === undefined ? `“${bound.flow.name}”` : `The keyword ${word} of “${bound.flow.name}”`;
    throw inUse(`${what} is bound to ${address}. Pause that flow first.`);
  }

  private async refuseTalking(workspaceId: string, { id, address }: SenderEntity): Promise<void> {
    const talking = await this.senders.countOpenRuns(workspaceId, id);
    if (talking === 0) return;
    const who = talking === 1 ? '1 person is' : `${talking} people are`;
    throw inUse(`${who} in a conversation on ${address}. Wait, or end those first.`);
  }

  /** Without a sender nothing can be decided about a program, and whoever may have said STOP to it would wait for ever. */
  private async refuseUnread(workspaceId: string, sender: SenderEntity): Promise<void> {
    const unread = await this.senders.countUnread(workspaceId, sender);
    if (unread === 0) return;
    const whose = unread === 1 ? 'The text of 1 person' : `Texts of ${unread} people`;
    throw inUse(
      `${whose} may be a STOP, and nobody could decide about that without ${sender.address}. Read what is in the Inbox first.`,
    );
  }

  /** A STOP is to a program: under another one the same number would text these people again. */
  private async refuseStopped(workspaceId: string, { programId, address }: SenderEntity): Promise<void> {
    const stopped = await this.senders.countStopped(workspaceId, programId);
    if (stopped === 0) return;
    const who = stopped === 1 ? '1 person has' : `${stopped} people have`;
    throw inUse(
      `${who} said STOP to this program, and ${address} would text them again under another. Give that one a number of its own.`,
    ).at('programId');
  }

  /** Nor does an address that comes back, or that another sender takes over, leave the STOPs behind that were given to it. */
  private async refuseStoppedBefore(
    workspaceId: string,
    sender: Pick<SenderEntity, 'address' | 'programId'>,
    place: 'address' | 'programId',
  ): Promise<void> {
    const before = await this.senders.stoppedBefore(workspaceId, sender);
    if (!before) return;
    const { program, people } = before;
    const who = people === 1 ? '1 person' : `${people} people`;
    throw inUse(
      `${sender.address} has spoken for “${program}”, to which ${who} said STOP, and would text them again under another program. Give it that program, or take another number.`,
    ).at(place);
  }

  private async check<Save extends Checked>(workspaceId: string, save: Save): Promise<Save> {
    const read = senderAddress(save);
    if ('wrong' in read) throw Problem.unprocessable('sender.address', read.wrong, { place: 'address' });
    if (!(await this.gateways.find(workspaceId, save.gatewayId))) {
      throw Problem.unprocessable('sender.gateway-unknown', 'There is no such gateway.', {
        place: 'gatewayId',
      });
    }
    if (!(await this.programs.exists(workspaceId, save.programId))) {
      throw Problem.unprocessable('sender.program-unknown', 'There is no such program.', {
        place: 'programId',
      });
    }
    return { ...save, address: read.address };
  }
}

/** What of a sender has to fit the rest of the workspace. */
type Checked = Pick<SaveSender, (typeof PROVED)[number]>;

/** A campaign without a name is none. */
const namelessAsNone = <Save extends Pick<ChangeSender, 'campaign'>>(save: Save): Save =>
  save.campaign === '' ? { ...save, campaign: null } : save;

function toSender(row: SenderEntity, sentToday: number): Sender[] {
  const { id, address, kind, country, gateway, program, destinations, mostSegments, mostADay } = row;
  const { overDay, validMinutes, perSecond, campaign, operators } = row;
  if (!gateway || !program) return [];
  return [
    {
      id,
      address,
      kind,
      country,
      gateway: { id: gateway.id, name: gateway.name, kind: gateway.kind },
      program: { id: program.id, name: program.name },
      destinations,
      mostSegments,
      mostADay,
      overDay,
      validMinutes,
      perSecond,
      campaign,
      operators,
      sentToday: mostADay === null ? null : sentToday,
    },
  ];
}

/** What keeps texts waiting. */
const LIMITS = ['mostADay', 'overDay', 'validMinutes', 'perSecond', 'campaign', 'operators'] as const;

/** What flows are proved with; the first that is changed is named where they would break. */
const PROVED = ['address', 'kind', 'country', 'gatewayId', 'programId'] as const;

/** The same refusal, beside the field that it is about. */
function beside(place: string | undefined, error: unknown): unknown {
  if (!(error instanceof Problem) || place === undefined) return error;
  const isUnplaced = error.code === 'sender.in-use' && error.details.place === undefined;
  return isUnplaced || error.code === 'flow.would-break' ? error.at(place) : error;
}

const notFound = (): Problem => Problem.notFound('sender.not-found', 'There is no such sender.');
const inUse = (sentence: string): Problem => Problem.conflict('sender.in-use', sentence);
const taken = ({ address }: Pick<SaveSender, 'address'>): Problem =>
  Problem.conflict('sender.address-taken', `There is a sender ${address} already.`, { place: 'address' });
