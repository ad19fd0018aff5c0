import { type ConnectionLineComponentProps, getSmoothStepPath } from '@xyflow/react';
import type { CanvasNode } from './canvas-nodes.ts';

/** The line that follows the pointer while it is being drawn. */
export function ConnectingLine({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  toPosition,
}: ConnectionLineComponentProps<CanvasNode>) {
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
    borderRadius: 12,
  });
  return <path d={path} fill="none" stroke="var(--mantine-primary-color-filled)" strokeWidth={2} />;
}
