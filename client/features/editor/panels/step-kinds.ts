import { FAMILIES } from '#flows/editor-kit/families.ts';
import type { NodeEditor } from '#flows/editor-kit/node-editor.tsx';
import { NODE_EDITORS } from '#flows/registry.editor.tsx';

/** The step types of one family, as the palette groups them. */
export interface KindGroup {
  family: string;
  label: string;
  kinds: NodeEditor[];
}

/** The step types whose name or summary has the words, by family. */
export function kindGroups(search: string): KindGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ title, summary, family }: NodeEditor): boolean => {
    const text = `${title} ${summary} ${FAMILIES[family]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return Object.entries(FAMILIES).flatMap(([family, label]) => {
    const kinds = NODE_EDITORS.filter((editor) => editor.family === family && matches(editor));
    return kinds.length === 0 ? [] : [{ family, label, kinds }];
  });
}
