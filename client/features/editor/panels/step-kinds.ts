import { FAMILIES } from '#flows/editor-kit/families.ts';
import type { NodeEditor } from '#flows/editor-kit/node-editor.tsx';
import { NODE_EDITORS } from '#flows/registry.editor.tsx';
import { nodeKind } from '#flows/registry.ts';

/** The step types of one family, as the palette groups them. */
export interface KindGroup {
  family: string;
  label: string;
  kinds: NodeEditor[];
}

/** The step types that have the words, by family; while somebody searches, the best match comes first. `steps` leaves remarks out. */
export function kindGroups(search: string, only: 'all' | 'steps' = 'all'): KindGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = Object.entries(FAMILIES).flatMap(([family, label]) => {
    const ranked = NODE_EDITORS.flatMap((editor) => {
      if (only === 'steps' && nodeKind(editor.kind)?.passive) return [];
      const rank = editor.family === family ? rankOf(editor, words) : null;
      return rank === null ? [] : [{ editor, rank }];
    }).sort((a, b) => a.rank - b.rank);
    const [best] = ranked;
    return best ? [{ family, label, kinds: ranked.map(({ editor }) => editor), rank: best.rank }] : [];
  });
  return groups.sort((a, b) => a.rank - b.rank);
}

/** 0 where the title begins with the words, 1 where one of its words does, 2 anywhere in it, 3 in the summary; null nowhere. */
function rankOf({ title, summary, family }: NodeEditor, words: readonly string[]): number | null {
  const name = title.toLowerCase();
  const text = `${name} ${summary} ${FAMILIES[family]}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return null;
  const [first = ''] = words;
  if (name.startsWith(first)) return 0;
  if (name.includes(` ${first}`)) return 1;
  return name.includes(first) ? 2 : 3;
}
