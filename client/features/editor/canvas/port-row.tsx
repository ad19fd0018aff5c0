import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import type { Port } from '#flows/engine/node-kind.ts';
import classes from './card.module.css';

export interface PortRowProps {
  port: Port;
  connected: boolean;
}

/** A way on: its words, and the handle to draw a line from. A dot that leads nowhere is hollow. */
export const PortRow = memo(function PortRow({ port, connected }: PortRowProps) {
  const hint = port.hint && port.hint !== port.label ? port.hint : null;
  return (
    <div className={classes.port} data-required={port.required || undefined}>
      <span className={classes.portLabel} dir="auto" title={hint ? `${port.label}: ${hint}` : port.label}>
        {port.label}
      </span>
      {hint ? (
        <span className={classes.portHint} dir="auto">
          {hint}
        </span>
      ) : null}
      <Handle
        id={port.id}
        type="source"
        position={Position.Right}
        className={classes.source}
        data-open={!connected || undefined}
      />
    </div>
  );
});
