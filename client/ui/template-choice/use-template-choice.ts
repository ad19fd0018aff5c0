import { useState } from 'react';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { useFreeWord, useWord } from '../../lib/use-word.ts';

/** A template that is chosen, and the word that the flow is to start with. */
export interface TemplateChoice {
  templates: readonly FlowTemplate[];
  chosen: FlowTemplate;
  choose: (id: string) => void;
  /** The keyword as it stands in its field. */
  shown: string;
  write: (word: string) => void;
  /** The same as it is used: "" where nothing is written. */
  word: string;
  /** Why another one than the template's own stands there; null where that is not so. */
  instead: string | null;
  /** The flow it is for; a new one where none is named. */
  flowId: string | undefined;
  /** Hands on what was chosen, with its word where it has one, unless the flow can't start with that, which the field says. */
  take: (use: (template: FlowTemplate, word: string | null) => void) => void;
}

/** Lets somebody choose a template. Its own word stands in the field, or a free one in its place where another flow has that. */
export function useTemplateChoice(
  templates: readonly FlowTemplate[],
  first: FlowTemplate,
  flowId?: string,
): TemplateChoice {
  const [id, choose] = useState(first.id);
  const chosen = templates.find((template) => template.id === id) ?? first;
  const own = chosen.keyword ?? '';
  const standing = useWord(own, flowId);
  const offered = standing?.free ?? own;
  const [typed, setTyped] = useState<{ for: string; word: string } | null>(null);
  const shown = typed?.for === chosen.id ? typed.word : offered;
  const word = shown.trim().toUpperCase();
  const ifFree = useFreeWord(flowId);
  return {
    templates,
    chosen,
    choose,
    shown,
    write: (next) => setTyped({ for: chosen.id, word: next }),
    word,
    instead:
      offered === own || word !== offered ? null : `${standing?.issues[0]?.message} ${offered} is free.`,
    flowId,
    take(use) {
      if (chosen.keyword === null) use(chosen, null);
      else if (word !== '') void ifFree(word, () => use(chosen, word));
    },
  };
}
