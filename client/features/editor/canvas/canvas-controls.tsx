import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';

const ANIMATED = 150;

/** How long a movement of the canvas takes: none for people who asked for none. */
export const motion = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ANIMATED);

/** Zoom and fit, at the bottom of the canvas. */
export function CanvasControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <Panel position="bottom-center" className="canvas-controls">
      <Control label="Zoom out" onClick={() => zoomOut({ duration: motion() })}>
        <IconMinus size={16} />
      </Control>
      <span className="canvas-zoom tabular">{percent} %</span>
      <Control label="Zoom in" onClick={() => zoomIn({ duration: motion() })}>
        <IconPlus size={16} />
      </Control>
      <Control
        label="Show everything"
        onClick={() => fitView({ duration: motion(), padding: 0.15, maxZoom: 1 })}
      >
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
