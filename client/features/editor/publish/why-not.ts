import { counted } from '../../../lib/format/number.ts';

interface Standing {
  allowed: boolean;
  steps: number;
  errors: number;
  saving: string;
  /** The version that the draft is the same as, if it is. */
  same: number | null;
}

/** Why a draft can't be published now, as a sentence for its author; null when it can. */
export function whyNot({ allowed, steps, errors, saving, same }: Standing): string | null {
  if (!allowed) return 'Your role draws flows; publishing them is for publishers. Ask one to have a look.';
  if (steps === 0) return 'There is nothing to publish yet. Put a first step on the canvas.';
  if (errors > 0)
    return `${counted(errors, 'problem')} ${errors === 1 ? 'is' : 'are'} in the way. Press to see ${errors === 1 ? 'it' : 'them'}.`;
  if (['offline', 'signed-out', 'refused', 'conflict'].includes(saving))
    return 'The draft is not saved, so it cannot be published yet.';
  if (same !== null) return `Nothing has changed since version ${same}.`;
  return null;
}
