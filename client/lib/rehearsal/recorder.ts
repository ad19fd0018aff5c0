import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Recorded } from './rehearsal-state.ts';

/** What keeps a chat of the phone among the saved conversations of the flow; null where nobody can. */
export type Keep = ((recorded: Recorded) => void) | null;

/** Lets an open editor keep the chats of the phone, which knows nothing else of it. */
export const recorder = createStore<{ keep: Keep }>(() => ({ keep: null }));

/** What the phone offers for the chat on it; nothing where no editor is open. */
export const useKeep = (): Keep => useStore(recorder, ({ keep }) => keep);
