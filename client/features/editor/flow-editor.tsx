import { ReactFlowProvider } from '@xyflow/react';
import { useRef, useState } from 'react';
import type { CanvasNode } from './canvas/canvas-nodes.ts';
import { CardsContext } from './canvas/card-places.ts';
import { createEditor } from './store/editor.ts';
import { EditorContext } from './store/use-editor.ts';
import { Workbench, type WorkbenchProps } from './workbench.tsx';

/** The opened editor: a drawing, the canvas that it is on, and all that is done with them. */
export function FlowEditor(props: WorkbenchProps) {
  const [editor] = useState(() => createEditor(props.draft.definition, Date.now));
  const cards = useRef<readonly CanvasNode[]>([]);
  return (
    <EditorContext value={editor}>
      <ReactFlowProvider>
        <CardsContext value={cards}>
          <Workbench {...props} />
        </CardsContext>
      </ReactFlowProvider>
    </EditorContext>
  );
}
