import { isLaterKind } from '#flows/engine/effects.ts';
import type { ConversationDriver } from '#flows/engine/transcript.ts';
import type { Rehearsal } from '#client/lib/rehearsal/rehearsal-state.ts';

/** Holds a conversation through the store that the phone on the screen shows, so that tests can hold the two against the server. */
export function simulatorDriver(rehearsal: Rehearsal): ConversationDriver {
  return {
    says: async (text, media) => rehearsal.move({ kind: 'says', text, ...(media ? { media } : {}) }),
    after: async (seconds) => rehearsal.waits(seconds),
    event: async (name, key, value) => rehearsal.move({ kind: 'event', name, key, value }),
    answer: async (call, outcome, values) => {
      if (!isLaterKind(call)) throw new Error(`Nothing outside is called ${call}.`);
      return rehearsal.move({ kind: 'answer', call, outcome, ...(values ? { values } : {}) });
    },
  };
}
