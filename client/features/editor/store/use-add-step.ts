import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback } from 'react';
import { addStep } from './edits.ts';
import { openPlace } from './open-place.ts';
import { useEditor } from './use-editor.ts';

/** Puts a step on the canvas and goes to it: behind the chosen card, or in the middle of what is seen. */
export function useAddStep(
  area: RefObject<HTMLElement | null>,
  chosen: string | null,
  jump: (id: string) => void,
): (kind: string) => void {
  const editor = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(
    (kind) => {
      const box = area.current?.getBoundingClientRect();
      const centre = screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
      const { at, way } = openPlace(editor.store.getState().definition, chosen, centre);
      const id = addStep(editor, kind, at, way);
      if (id) requestAnimationFrame(() => jump(id));
    },
    [area, chosen, editor, jump, screenToFlowPosition],
  );
}
