import { Pause } from './pause.ts';

/** How often the outbox is looked at when nobody asks, in milliseconds. */
const EVERY_MS = 1_000;
/** It is looked at again no sooner than so many milliseconds from now. */
const SOONEST_MS = 20;

/** What the last round says about the next. */
export interface RoundEnd {
  /** Gateways with no room for another claim; each says so itself when it has. */
  full: ReadonlySet<string>;
  /** Whether something claimed waits for room. */
  isLeft: boolean;
  /** Whether something was due that had room and did not come. */
  isBlocked: boolean;
}

/** Why the outbox should be looked at again: somebody asked for it, or what kept texts back in the last round is over. */
export class Demand {
  private isAsked = false;
  /** More was perhaps due than gateways had room for. */
  private awaitsRoom = false;
  /** Something was due that had room and did not come: it waits for another text of the same person, perhaps. */
  private isBlocked = false;
  /** Something was written down since the last round began, behind which others may have waited. */
  private hasSettled = false;
  private full: ReadonlySet<string> = new Set();
  private readonly pausing = new Pause();
  private timer: NodeJS.Timeout | null = null;

  /** `onAsked`: goes round soon, once, however often it is called meanwhile. */
  constructor(private readonly onAsked: () => void) {}

  begin(): void {
    this.timer = setInterval(() => this.ask(), EVERY_MS);
    this.ask();
  }

  end(): void {
    if (this.timer) clearInterval(this.timer);
    this.pausing.end();
  }

  /** Something may be due. */
  ask(): void {
    this.isAsked = true;
    this.onAsked();
  }

  /** The same in so many milliseconds: more of a pace that was used up is there then, or somebody may have been heard. */
  askIn(milliseconds: number): void {
    if (milliseconds < EVERY_MS) setTimeout(() => this.ask(), Math.max(SOONEST_MS, milliseconds)).unref();
  }

  /** Whether somebody asked, who is answered by that. */
  take(): boolean {
    if (!this.isAsked) return false;
    this.isAsked = false;
    this.isBlocked = false;
    return true;
  }

  /** Whether somebody asks. */
  get isThere(): boolean {
    return this.isAsked;
  }

  /** Resolves after so many milliseconds, or when a gateway that is waited for has room. */
  pause(milliseconds: number): Promise<void> {
    return this.pausing.take(milliseconds);
  }

  roundBegins(): void {
    this.hasSettled = false;
    // Room that is made meanwhile is heard of.
    this.awaitsRoom = true;
  }

  roundEnds({ full, isLeft, isBlocked }: RoundEnd): void {
    this.full = full;
    this.awaitsRoom = full.size > 0 || isLeft;
    this.isBlocked = isBlocked;
    if (isBlocked && this.hasSettled) this.isAsked = true;
  }

  /** Something stands ready that finds no room. */
  leaves(): void {
    this.awaitsRoom = true;
  }

  /** A gateway has room again. */
  hasRoom(): void {
    if (!this.awaitsRoom) return;
    this.ask();
    this.pausing.end();
  }

  /** How texts ended is written down. */
  settled(): void {
    this.hasSettled = true;
    if (this.isBlocked) this.ask();
  }

  /** Whether more stands in the queue of a gateway than it has room for: what is handed over would overtake that. */
  isBehind(gatewayId: string): boolean {
    return this.full.has(gatewayId);
  }
}
