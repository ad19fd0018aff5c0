import { useReactFlow } from '@xyflow/react';
import { CARD } from '../canvas/card-size.ts';
import { addStep, connect, insertStep } from '../store/edits.ts';
import { focusCard } from '../store/focus-card.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import type { Way } from '../store/way.ts';
import { StepMenu } from './step-menu.tsx';

/** What the menu was opened for: a place, and the way that leads there, where one does. */
export interface Asking {
  at: { x: number; y: number };
  way: Way | null;
  /** The step comes between the two that the way connects. */
  insert: boolean;
}

/** Asks what happens next, and puts that on the canvas, with the keyboard on it. */
export function NextStepMenu({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  const editor = useEditor();
  const nodes = useEditorState((state) => state.definition.nodes);
  const { screenToFlowPosition } = useReactFlow();
  const { way, insert } = asking;
  const pick = (kind: string) => {
    const { x, y } = screenToFlowPosition(asking.at);
    const at = { x: snap(x - (insert ? CARD.width / 2 : 0)), y: snap(y - CARD.head / 2) };
    const id = insert && way ? insertStep(editor, kind, way, at) : addStep(editor, kind, at, way);
    onClose();
    if (id) focusCard(id);
  };
  return (
    <StepMenu
      at={asking.at}
      title="What happens next?"
      existing={insert || way === null ? [] : nodes}
      onPick={pick}
      onPickExisting={(id) => {
        if (way) connect(editor, way, id);
        onClose();
        focusCard(id);
      }}
      onClose={onClose}
    />
  );
}

const snap = (value: number): number => Math.round(value / 8) * 8;
