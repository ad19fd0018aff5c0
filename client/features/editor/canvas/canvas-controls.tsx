import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { motion, useFit } from './fit.ts';

/** Zoom and fit, at the bottom of the canvas. */
export function CanvasControls() {
  const { zoomIn, zoomOut } = useReactFlow();
  const fit = useFit();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <Panel position="bottom-left" className="canvas-controls">
      <Control label="Zoom out" onClick={() => zoomOut({ duration: motion() })}>
        <IconMinus size={16} />
      </Control>
      <span className="canvas-zoom tabular">{percent} %</span>
      <Control label="Zoom in" onClick={() => zoomIn({ duration: motion() })}>
        <IconPlus size={16} />
      </Control>
      <Control label="Show everything" onClick={fit}>
        <IconFocusCentered size={16} />
      </Control>
    </Panel>
  );
}

function Control({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
