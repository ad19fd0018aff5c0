import type { Message } from './messages.ts';

/** One beat of the live page, at most four a second: what was counted since the last, and the newest messages. */
export interface LiveBeat {
  /** Cursor to resume from after a break. */
  at: string;
  inbound: number;
  outbound: number;
  /** Messages in and out in the last 60 seconds. */
  perMinute: { inbound: number; outbound: number };
  /** The newest messages of the beat, at most 20; `inbound` and `outbound` count them all. */
  messages: Message[];
  /** How often each line was gone along in this beat, by flow. */
  passages: { flowId: string; node: string; port: string; count: number }[];
}

/** socket.io, server → client. A socket sees its session's workspace only. */
export interface ServerEvents {
  beat: (beat: LiveBeat) => void;
  /** Something that lists show has changed; the client refetches. */
  changed: (what: 'flows' | 'settings' | 'sending' | 'campaigns' | 'contests' | 'vouchers' | 'inbox') => void;
  /** A flow told the team something. */
  notice: (notice: { id: string; text: string; contactId: string }) => void;
}

/** socket.io, client → server: start and stop receiving beats. */
export interface ClientEvents {
  watch: (answer: (state: { perMinute: LiveBeat['perMinute'] }) => void) => void;
  unwatch: () => void;
}
