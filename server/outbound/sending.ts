import { setMaxListeners } from 'node:events';
import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import type { SendResult } from '../gateways/gateway.ts';
import type { Allowances } from './allowances.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Cleared } from './clearance.ts';
import type { Gates } from './gates.ts';
import { judge, ruledOut } from './judge.ts';
import { countSend } from './metrics.ts';
import { sendText } from './send-text.ts';
import type { Settled } from './settle.ts';
import type { Settling } from './settling.ts';

/** How long the end waits for answers of gateways, in milliseconds. */
const LONGEST_GOODBYE_MS = 2_000;

/** Whom sending works with. */
export interface SendingParts {
  gates: Gates;
  settling: Settling;
  allowances: Allowances;
  clock: Clock;
  log: Log;
  /** A gateway's trouble is over, or it has room for another claim. */
  onChange: (change: 'recovered' | 'room') => void;
}

/** Hands texts to their gateways and sees each through to where its fate is written down. */
export class Sending {
  private readonly underWay = new Set<Promise<unknown>>();
  /** By their ids the gateways of texts that were handed over and have gone, until that is written down. */
  private readonly through = new Map<string, string>();
  /** Cuts the requests short that are under way. */
  private readonly cut = new AbortController();

  constructor(private readonly parts: SendingParts) {
    setMaxListeners(0, this.cut.signal);
  }

  /** Sets texts going at once, all of them; resolves when the last fate is written. Rejects never. */
  begin({ going, kept }: Cleared): Promise<unknown> {
    const now = this.parts.clock.now();
    const seen = Promise.all([
      ...going.map((text) => this.see(text)),
      ...Array.from(kept, ([text, ruling]) => this.write(ruledOut(text, ruling, now))),
    ]);
    this.underWay.add(seen);
    return seen.finally(() => this.underWay.delete(seen));
  }

  /** Resolves when nothing is under way. A request that is cut short goes out again, and the far end may have read it: they get time. */
  async end(): Promise<void> {
    const patience = setTimeout(() => this.cut.abort(), LONGEST_GOODBYE_MS);
    await Promise.all(this.underWay);
    clearTimeout(patience);
  }

  /** Whether a text that needed no claim is out, although the queue may hold it still. */
  isThrough(id: string, gatewayId: string): boolean {
    return this.through.get(id) === gatewayId;
  }

  private async see(text: ClaimedText): Promise<void> {
    const settled = this.judged(text, await sendText(text, this.cut.signal));
    if (text.place !== null || settled.status === 'queued') return await this.write(settled);
    this.through.set(text.id, text.lane.gatewayId);
    await this.write(settled);
    this.through.delete(text.id);
  }

  private async write(settled: Settled): Promise<void> {
    try {
      await this.parts.settling.add(settled);
    } catch (error) {
      this.parts.log.error(
        { err: error, messageId: settled.text.id },
        'How a text ended could not be written down.',
      );
    }
  }

  private judged(text: ClaimedText, result: SendResult): Settled {
    const { gates, allowances, clock, onChange } = this.parts;
    countSend(text.lane, result.outcome);
    const change = gates.ended(text, result);
    if (change !== 'same') onChange(change);
    if (result.outcome !== 'sent' && result.outcome !== 'delivered') allowances.unused(text);
    return judge(text, result, clock.now(), Math.random(), gates.ownRefusals(text));
  }
}
