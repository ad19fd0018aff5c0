import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, useState } from 'react';
import { compactNumber, counted } from '../../../lib/format/number.ts';
import type { CanvasEdge } from './canvas-edges.ts';
import { TRIGGER_CARD } from './canvas-nodes.ts';
import classes from './line-edge.module.css';
import { middleOf, pathThrough } from './line-path.ts';
import { type LineCoverage, useCanvasActions, useOverlay } from './overlay.ts';
import { cornersOf } from './route-lines.ts';

const THINNEST = 1.5;
const THICKEST = 9;

/** A line from a way out to the next card. Under the pointer it offers to put a step on itself. */
export const LineEdge = memo(function LineEdge(props: EdgeProps<CanvasEdge>) {
  const { id, data, selected } = props;
  const [hovered, setHovered] = useState(false);
  const actions = useCanvasActions();
  const lit = useOverlay((overlay) => overlay.path.lines.has(id));
  const count = useOverlay((overlay) =>
    overlay.traffic === null ? null : (overlay.traffic.passages.get(id) ?? 0),
  );
  const coverage = useOverlay((overlay) => overlay.coverage?.get(id) ?? null);
  const busiest = useOverlay((overlay) => overlay.traffic?.busiest ?? 1);
  const corners = cornersOf(
    { x: props.sourceX, y: props.sourceY },
    { x: props.targetX, y: props.targetY },
    data?.way?.turns ?? [(props.sourceX + props.targetX) / 2],
  );
  const path = pathThrough(corners);
  const middle = middleOf(corners);
  const width = count === null ? undefined : THINNEST + (THICKEST - THINNEST) * Math.sqrt(count / busiest);
  const offers = actions !== null && hovered && data && data.from !== TRIGGER_CARD;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inspector's ways out offer the same to the keyboard
    <g onMouseEnter={() => setHovered(true)} onMouseLeave={() => setHovered(false)}>
      <path
        d={path}
        className={classes.line}
        data-selected={selected || undefined}
        data-lit={lit || undefined}
        data-coverage={coverage ? standingOf(coverage) : undefined}
        style={{ strokeWidth: width }}
      />
      <path
        d={path}
        className="react-flow__edge-interaction"
        fill="none"
        strokeOpacity={0}
        strokeWidth={20}
      />
      {count === null ? null : <Count x={props.sourceX + 14} y={props.sourceY} count={count} />}
      {coverage ? <Coverage x={props.sourceX + 14} y={props.sourceY} coverage={coverage} /> : null}
      {offers ? (
        // biome-ignore lint/a11y/useSemanticElements: a button can't stand inside a drawing
        <g
          className={`${classes.insert} nopan`}
          role="button"
          tabIndex={-1}
          aria-label="Put a step on this line"
          transform={`translate(${middle.x} ${middle.y})`}
          onClick={(event) => {
            event.stopPropagation();
            actions.insertOn({ from: data.from, port: data.port }, { x: event.clientX, y: event.clientY });
          }}
          onKeyDown={() => {}}
        >
          <circle r={11} />
          <path d="M -5 0 H 5 M 0 -5 V 5" />
        </g>
      ) : null}
    </g>
  );
});

/** Stands over all lines, beside the way out it counts. */
function Count({ x, y, count }: { x: number; y: number; count: number }) {
  return (
    <EdgeLabelRenderer>
      <div
        className={classes.count}
        data-none={count === 0 || undefined}
        style={{ transform: `translate(${x}px, ${y}px) translateY(-50%)` }}
      >
        {compactNumber(count)}
      </div>
    </EdgeLabelRenderer>
  );
}

type Standing = 'covered' | 'missed' | 'never';

const standingOf = ({ conversations, walkable }: LineCoverage): Standing =>
  conversations > 0 ? 'covered' : walkable ? 'missed' : 'never';

/** Says of a line how many saved conversations go along it, or why none does. */
function Coverage({ x, y, coverage }: { x: number; y: number; coverage: LineCoverage }) {
  const standing = standingOf(coverage);
  const words = { covered: String(coverage.conversations), missed: 'not covered', never: 'never' }[standing];
  const title = {
    covered: `${counted(coverage.conversations, 'saved conversation')} along this line`,
    missed: 'No saved conversation goes along this line',
    never: 'No conversation can come along this line',
  }[standing];
  return (
    <EdgeLabelRenderer>
      <div
        className={classes.count}
        data-coverage={standing}
        title={title}
        style={{ transform: `translate(${x}px, ${y}px) translateY(-50%)` }}
      >
        {words}
      </div>
    </EdgeLabelRenderer>
  );
}
