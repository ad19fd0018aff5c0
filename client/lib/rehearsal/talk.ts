import type { CompiledFlow } from '#flows/engine/compile.ts';
import { clocksOf } from '#flows/engine/contact-clocks.ts';
import { Phone } from '#flows/engine/phone.ts';
import { assertNever } from '#shared/assert-never.ts';
import { HERE, ZONES } from '../zones.ts';
import { type ChatLine, linesOf } from './chat.ts';
import { type Move, moveWords } from './moves.ts';
import type { RehearsalState } from './rehearsal-state.ts';
import { staged, worldOf } from './stage.ts';

/** What a conversation begins with; another one begins where any of it changes. */
export type Setting = Pick<RehearsalState, 'flow' | 'from' | 'stage' | 'person' | 'faults'>;

/** A conversation held on a phone, from its beginning to where it is now. */
export interface Talk {
  readonly phone: Phone;
  /** The flow as the phone plays it. */
  readonly played: CompiledFlow;
  /** What the chat shows. */
  readonly lines: readonly ChatLine[];
  /** What was done, and what each move was answered with. */
  readonly done: readonly { move: Move; heard: string[] }[];
  /** Does something and returns the texts that come back. */
  perform: (move: Move) => string[];
}

/** Begins a conversation at a moment, in milliseconds since 1970; null where no flow is open. */
export function beginTalk(setting: Setting, startAt: number): Talk | null {
  const { flow, from, stage, person, faults } = setting;
  if (flow === null) return null;
  const played = staged(flow.compiled, from);
  const phone = new Phone({
    world: worldOf(stage, flow.id, played),
    ...person,
    fields: { ...person.fields },
    zones: (zone) => clocksOf(zone, { ...person, timeZone: HERE }, ZONES),
    closedContests: faults.closedContests,
    emptyPools: faults.emptyPools,
    holds: faults.holds,
    startAt,
  });
  const lines: ChatLine[] = [];
  const done: { move: Move; heard: string[] }[] = [];

  /** What is decided meanwhile goes into the chat, at the moment it comes to. */
  const taking = (act: () => string[]): string[] => {
    const before = phone.decisions.length;
    const heard = act();
    for (const decision of phone.decisions.slice(before)) lines.push(...linesOf(decision, phone.now));
    return heard;
  };

  /** Time goes from one wake-up to the next, so that each text stands at its own moment. */
  const pass = (seconds: number): string[] => {
    const heard: string[] = [];
    let left = seconds;
    for (let next = secondsToWake(phone); next !== null && next <= left; next = secondsToWake(phone)) {
      const step = next;
      heard.push(...taking(() => phone.wait(step)));
      left -= step;
    }
    heard.push(...taking(() => phone.wait(left)));
    return heard;
  };

  const act = (move: Move): string[] => {
    const words = moveWords(move);
    if (words !== null) lines.push({ kind: 'remark', text: words, at: phone.now });
    switch (move.kind) {
      case 'says':
        lines.push({ kind: 'said', text: move.text, at: phone.now });
        return taking(() => phone.says(move.text, move.media));
      case 'waits':
        return pass(move.seconds);
      case 'event':
        return taking(() => phone.event(move.name, move.key, move.value));
      case 'answer':
        return taking(() => phone.answer(move.call, move.outcome, move.values));
      default:
        return assertNever(move);
    }
  };

  return {
    phone,
    played,
    lines,
    done,
    perform(move) {
      const heard = act(move);
      done.push({ move, heard });
      return heard;
    },
  };
}

/** Seconds until something happens by itself, or null when nothing will. */
export function secondsToWake({ contact, now }: Phone): number | null {
  const times = contact.runs.flatMap((run) => (run.wakeAt === null ? [] : [run.wakeAt]));
  return times.length === 0 ? null : Math.max(0, (Math.min(...times) - now) / 1_000);
}
