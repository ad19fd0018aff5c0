import type { ConversationDriver } from '#flows/engine/transcript.ts';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal.ts';

/** Holds a conversation through the store that the phone on the screen shows, so that tests can hold the two against the server. */
export function simulatorDriver(rehearsal: Rehearsal): ConversationDriver {
  return {
    says: async (text) => rehearsal.says(text),
    after: async (seconds) => rehearsal.waits(seconds),
  };
}
