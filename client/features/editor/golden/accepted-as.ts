import type { SavedConversation } from '#shared/api/conversations.ts';
import type { GoldenResult } from '#flows/prove/golden.ts';

/** A conversation as it reads now. */
export const acceptedAs = (saved: SavedConversation, result: GoldenResult | undefined): SavedConversation =>
  result && !result.same ? { ...saved, lines: result.happened } : saved;
