import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { motion } from '../canvas/fit.ts';
import { copySelected, pasteText, removeSelected } from './edits.ts';
import type { Editor } from './editor.ts';

const isWriting = (event: Event): boolean =>
  event.target instanceof Element &&
  event.target.closest('input, textarea, [contenteditable], [role="dialog"]') !== null;

const hasMarkedWords = (): boolean => !(document.getSelection()?.isCollapsed ?? true);

/** After this many milliseconds what was pasted is on the canvas, and measured. */
const DRAWN = 60;

/** Copy, cut and paste of cards through the clipboard, so that they go from one flow to another too. */
export function useClipboard(editor: Editor): void {
  const { screenToFlowPosition, fitView, getZoom } = useReactFlow();
  const pointer = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      const onCanvas = event.target instanceof Element && event.target.closest('.react-flow') !== null;
      pointer.current = onCanvas ? { x: event.clientX, y: event.clientY } : null;
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isWriting(event) || hasMarkedWords()) return;
      const text = copySelected(editor);
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') removeSelected(editor);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isWriting(event)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const point = pointer.current ?? { x: window.innerWidth / 2, y: window.innerHeight / 2 };
      const at = screenToFlowPosition(point);
      if (!pasteText(editor, text, at)) return;
      event.preventDefault();
      const { definition, selection } = editor.store.getState();
      const pasted = [...selection.nodes].map((id) => ({ id }));
      const top = Math.min(...pasted.map(({ id }) => definition.layout[id]?.y ?? at.y));
      // What had to go below what lay there may be out of sight.
      const show = () => void fitView({ nodes: pasted, maxZoom: getZoom(), duration: motion() });
      if (top > at.y + 1) setTimeout(show, DRAWN);
    };
    document.addEventListener('pointermove', onMove, { passive: true });
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('pointermove', onMove);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [editor, screenToFlowPosition, fitView, getZoom]);
}
