import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { nodeEditor } from '#flows/registry.editor.tsx';
import { segmentCount } from '#shared/sms/segments.ts';
import { withoutVariables } from '#flows/editor-kit/split-template.ts';
import { boundStep, isRemark } from './bound-step.ts';
import type { StepCardNode } from './canvas-nodes.ts';
import classes from './card.module.css';
import { CardBadges } from './card-badges.tsx';
import { CardTitle } from './card-title.tsx';
import { shownPorts } from './card-size.ts';
import { useOverlay } from './overlay.ts';
import { PortRow } from './port-row.tsx';

/** A step as a card: what it is, what the person will read, and a row for each way on. */
export const StepCard = memo(function StepCard({ id, data, selected }: NodeProps<StepCardNode>) {
  const { step, ports, connected, open } = data;
  const lit = useOverlay((overlay) =>
    overlay.path.current === id ? 'here' : overlay.path.nodes.has(id) ? 'passed' : null,
  );
  const editor = nodeEditor(step.kind);
  const Icon = editor?.icon;
  const rows = shownPorts(ports, connected, open);
  const parts = partsOf(boundStep(step)?.texts[0]?.template);
  return (
    <article
      className={classes.card}
      data-family={editor?.family ?? 'end'}
      data-selected={selected || undefined}
      data-lit={lit ?? undefined}
    >
      <header className={classes.head}>
        {Icon ? <Icon size={18} stroke={1.8} className={classes.icon} aria-hidden /> : null}
        <CardTitle step={step} />
        {parts > 1 ? (
          <span className={classes.parts} title={`Billed as ${parts} parts`}>
            {parts} parts
          </span>
        ) : null}
        <CardBadges id={id} />
      </header>
      <div className={classes.body}>{!editor ? null : <editor.Body config={step.config} />}</div>
      {rows.map((port) => (
        <PortRow key={port.id} port={port} connected={connected.has(port.id)} />
      ))}
      {isRemark(step) ? null : <Handle type="target" position={Position.Left} className={classes.target} />}
    </article>
  );
});

const partsOf = (text: string | undefined): number =>
  text === undefined ? 1 : segmentCount(withoutVariables(text));
