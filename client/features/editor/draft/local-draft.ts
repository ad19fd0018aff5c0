import { z } from 'zod';

/** A draft that the server does not have yet, as the browser keeps it. */
export interface LocalDraft {
  definition: unknown;
  /** The revision it was made from. */
  revision: number;
}

const localDraftSchema = z.object({ definition: z.unknown(), revision: z.number().int() });

/** The part of the browser's storage that drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (flowId: string): string => `textloom-draft-${flowId}`;

/** Keeps edits in the browser until the server has them. False where the browser keeps nothing. */
export function keepLocally(storage: DraftStorage, flowId: string, draft: LocalDraft): boolean {
  try {
    storage.setItem(keyOf(flowId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The edits of this flow that never reached the server, or null. */
export function readLocally(storage: DraftStorage, flowId: string): LocalDraft | null {
  try {
    const kept = storage.getItem(keyOf(flowId));
    const read = kept === null ? null : localDraftSchema.safeParse(JSON.parse(kept));
    return read?.success ? { definition: read.data.definition, revision: read.data.revision } : null;
  } catch {
    return null;
  }
}

/** Drops what was kept: the server has it. */
export function forgetLocally(storage: DraftStorage, flowId: string): void {
  try {
    storage.removeItem(keyOf(flowId));
  } catch {
    // A storage that is closed to us has nothing to forget.
  }
}
