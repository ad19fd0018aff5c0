import type { SavedDraft } from '#shared/api/flows.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { ApiError, isSignedOut } from '../../../lib/api/api-error.ts';
import { type DraftStorage, forgetLocally, keepLocally } from './local-draft.ts';

/** How the draft stands with the server. */
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The server can't be reached; what was drawn is kept in this browser and sent as soon as it can be. */
  | { kind: 'offline' }
  /** The session ended; what was drawn is kept in this browser and sent when somebody is signed in again. */
  | { kind: 'signed-out' }
  /** This draft was saved elsewhere meanwhile. */
  | { kind: 'conflict' }
  | { kind: 'refused'; message: string };

/** Where a draft is kept, and who is told. */
export interface DraftKeeperOptions {
  flowId: string;
  revision: number;
  /** Nothing is saved any more: the server has something newer. */
  closed: boolean;
  save: (definition: Definition, revision: number) => Promise<SavedDraft>;
  storage: DraftStorage;
  onState: (state: SaveState) => void;
  onSaved: (saved: SavedDraft, definition: Definition) => void;
  /** Runs something later and returns what calls it off. */
  later: (act: () => void, milliseconds: number) => () => void;
}

/** Saves a draft a moment after each edit, one request at a time, and loses nothing when the server can't be reached. */
export interface DraftKeeper {
  readonly revision: number;
  changed: (definition: Definition) => void;
  /** Saves what is still unsaved now; resolves when the server has it or can't have it. */
  flush: () => Promise<void>;
  dispose: () => void;
}

const AFTER_EDIT = 700;
const RETRIES = [2_000, 5_000, 15_000, 30_000];

/** A keeper of one draft, from the revision the server has. */
export function createDraftKeeper(options: DraftKeeperOptions): DraftKeeper {
  const { flowId, storage, onState, later } = options;
  let revision = options.revision;
  let pending: Definition | null = null;
  let sending: Promise<void> | null = null;
  let failures = 0;
  let cancel = () => {};
  let { closed } = options;

  const schedule = (milliseconds: number) => {
    cancel();
    cancel = later(() => void flush(), milliseconds);
  };

  const accepted = (saved: SavedDraft, definition: Definition) => {
    revision = saved.revision;
    failures = 0;
    options.onSaved(saved, definition);
    if (pending === null) {
      forgetLocally(storage, flowId);
      onState({ kind: 'saved' });
      return;
    }
    keepLocally(storage, flowId, { definition: pending, revision });
    onState({ kind: 'unsaved' });
    if (!closed) schedule(AFTER_EDIT);
  };

  const failed = (error: unknown, definition: Definition) => {
    pending ??= definition;
    if (error instanceof ApiError && error.status === 409) {
      closed = true;
      onState({ kind: 'conflict' });
    } else if (isSignedOut(error)) {
      onState({ kind: 'signed-out' });
    } else if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
      onState({ kind: 'refused', message: error.message });
    } else {
      onState({ kind: 'offline' });
      schedule(RETRIES[Math.min(failures++, RETRIES.length - 1)] ?? 30_000);
    }
  };

  const send = async (definition: Definition) => {
    onState({ kind: 'saving' });
    try {
      accepted(await options.save(definition, revision), definition);
    } catch (error) {
      failed(error, definition);
    }
  };

  async function flush(): Promise<void> {
    cancel();
    if (sending) await sending;
    const definition = pending;
    if (definition === null || closed) return;
    pending = null;
    sending = send(definition);
    await sending;
    sending = null;
  }

  return {
    get revision() {
      return revision;
    },
    changed(definition) {
      pending = definition;
      keepLocally(storage, flowId, { definition, revision });
      if (closed) return;
      if (!sending) onState({ kind: 'unsaved' });
      schedule(AFTER_EDIT);
    },
    flush,
    dispose() {
      cancel();
      void flush();
    },
  };
}
