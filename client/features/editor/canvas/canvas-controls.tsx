import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { motion, useFit } from './fit.ts';

/** Zoom and fit, at the bottom of the canvas. */
export function CanvasControls() {
  const { zoomIn, zoomOut } = useReactFlow();
  const fit = useFit();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <Panel position="bottom-left" className="canvas-controls">
      <IconButton label="Zoom out" onClick={() => zoomOut({ duration: motion() })}>
        <IconMinus size={16} />
      </IconButton>
      <span className="canvas-zoom tabular">{percent} %</span>
      <IconButton label="Zoom in" onClick={() => zoomIn({ duration: motion() })}>
        <IconPlus size={16} />
      </IconButton>
      <IconButton label="Show everything" onClick={fit}>
        <IconFocusCentered size={16} />
      </IconButton>
    </Panel>
  );
}
