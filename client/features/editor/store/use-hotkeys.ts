import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { rectOf, useCardsRef } from '../canvas/card-places.ts';
import { motion, useFit } from '../canvas/fit.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import { type Direction, type Landmark, nearest } from '../canvas/navigate.ts';
import { duplicateSelected, removeSelected } from './edits.ts';
import type { Editor } from './editor.ts';
import { focusCard } from './focus-card.ts';

/** What keys do beside editing. */
export interface HotkeyActions {
  find: () => void;
  help: () => void;
  save: () => void;
  rename: (id: string) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const STEP = 16;
/** Going to a card shows it at least this big. */
const LEGIBLE = 0.5;

/** Whether the keys belong to somebody else: a field, a button's own keys aside, or an open dialog. */
const isElsewhere = (event: KeyboardEvent): boolean =>
  event.target instanceof Element &&
  event.target.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null;

const cardOf = (event: KeyboardEvent): string | null =>
  event.target instanceof Element
    ? (event.target.closest('.react-flow__node')?.getAttribute('data-id') ?? null)
    : null;

/** The editor's keys. The list that people see is in panels/shortcuts.tsx. */
export function useHotkeys(editor: Editor, { find, help, save, rename }: HotkeyActions): void {
  const cards = useCardsRef();
  const { setCenter, getZoom } = useReactFlow();
  const showAll = useFit();
  useEffect(() => {
    const landmarks = (): Landmark[] =>
      cards.current.map((card) => {
        const { x, y, width, height } = rectOf(card);
        return { id: card.id, x: x + width / 2, y: y + height / 2 };
      });

    const goTo = (id: string) => {
      const there = landmarks().find((one) => one.id === id);
      if (!there) return;
      editor.select([id]);
      void setCenter(there.x, there.y, { zoom: Math.max(getZoom(), LEGIBLE), duration: motion() });
      focusCard(id);
    };

    const arrow = (direction: Direction, from: string | null) => {
      const all = landmarks();
      const here = all.find(({ id }) => id === from) ?? all.find(({ id }) => id === TRIGGER_CARD);
      const next = here && (from === null ? here.id : nearest(here, all, direction));
      if (next) goTo(next);
    };

    const nudge = (direction: Direction) => {
      const { definition, selection } = editor.store.getState();
      const dx = direction === 'left' ? -STEP : direction === 'right' ? STEP : 0;
      const dy = direction === 'up' ? -STEP : direction === 'down' ? STEP : 0;
      const to = Object.fromEntries(
        definition.nodes.flatMap(({ id }) => {
          const { x, y } = definition.layout[id] ?? { x: 0, y: 0 };
          return selection.nodes.has(id) ? [[id, { x: x + dx, y: y + dy }]] : [];
        }),
      );
      if (Object.keys(to).length > 0) editor.edit('Move', [{ do: 'move-nodes', to }], { key: 'nudge' });
    };

    const withControl = (key: string, shift: boolean): boolean => {
      if (key === 'z') shift ? editor.redo() : editor.undo();
      else if (key === 'y') editor.redo();
      else if (key === 'd') duplicateSelected(editor);
      else if (key === 'f') find();
      else if (key === 's') save();
      else if (key === 'a') editor.select(editor.store.getState().definition.nodes.map(({ id }) => id));
      else return false;
      return true;
    };

    const plain = (event: KeyboardEvent): boolean => {
      const { selection } = editor.store.getState();
      const card = cardOf(event);
      const [only] = selection.nodes;
      const direction = ARROWS[event.key];
      if (direction) event.altKey ? nudge(direction) : arrow(direction, card ?? only ?? null);
      else if (event.key === 'Delete' || event.key === 'Backspace') removeSelected(editor);
      else if (event.key === 'Escape') editor.select([]);
      else if (event.key === '?') help();
      else if (event.key === '1') showAll();
      else if (event.key === 'F2' && (card ?? only)) rename(card ?? only ?? '');
      else if (event.key === ' ' && card) editor.select([card]);
      else if (event.key === 'Enter' && (card || (only && event.target === document.body)))
        editor.inspect(card ?? only ?? '');
      else return false;
      return true;
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (isElsewhere(event) && !(control && (key === 'f' || key === 's'))) return;
      if (control ? withControl(key, event.shiftKey) : plain(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [editor, find, help, save, rename, cards, setCenter, getZoom, showAll]);
}
