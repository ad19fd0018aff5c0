import { Injectable } from '@nestjs/common';
import type { ConsentOrder } from '#flows/engine/world.ts';
import { Clock } from '../common/clock.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { type Actor, NOBODY } from '../runtime/scene.ts';

/** What an order does, without its time and words. */
export type Doing = ConsentOrder extends infer One
  ? One extends ConsentOrder
    ? Omit<One, 'kind' | 'at' | 'words'>
    : never
  : never;

/** Whose consent an order moves, towards the program of a sender. */
export interface Concerned {
  workspaceId: string;
  phone: string;
  senderId: string;
}

/** Moves consent by other means than the person's own text. Orders queue behind the person's texts and are decided like them. */
@Injectable()
export class ConsentOrders {
  constructor(
    private readonly inbound: InboundService,
    private readonly clock: Clock,
  ) {}

  /** Resolves once it is decided and stored. */
  async place(
    { workspaceId, phone, senderId }: Concerned,
    doing: Doing,
    { words = null, actor = NOBODY }: { words?: string | null; actor?: Actor } = {},
  ): Promise<void> {
    const at = this.clock.now();
    await decided(this.inbound, {
      kind: 'run',
      workspaceId,
      phone,
      senderId,
      at,
      happening: { kind: 'consent', words, at, ...doing },
      actor,
    });
  }
}
