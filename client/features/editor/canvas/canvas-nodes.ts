import { type Node, type NodeHandle, Position } from '@xyflow/react';
import type { Definition, FlowEdge, FlowNode, Trigger } from '#flows/definition/schema.ts';
import { START } from '#flows/engine/events.ts';
import type { Port } from '#flows/engine/node-kind.ts';
import { boundStep, edgesBySource, isRemark, portsOf, titleOf } from './bound-step.ts';
import { CARD, cardHeight, shownPorts } from './card-size.ts';

/** A step of the flow as a card. `open`: it is the one that is worked on, and shows every way on that it could have. */
export type StepCardNode = Node<
  { step: FlowNode; ports: readonly Port[]; connected: ReadonlySet<string>; open: boolean },
  'step'
>;
/** The card of what starts the flow; it is no step, and stands before the first one. */
export type TriggerCardNode = Node<{ triggers: readonly Trigger[] }, 'trigger'>;
/** A card as React Flow is given it. */
export type CanvasNode = StepCardNode | TriggerCardNode;

/** The id of the trigger card, which no step can have. */
export const TRIGGER_CARD = START;
/** How far the trigger card stands before the first step. */
const BEFORE = CARD.width + 100;

/**
 * The cards of a definition. Cards that did not change are taken over from `before` as they are, with what React Flow measured,
 * so that only what changed is drawn again. An empty drawing has none, not even the trigger's.
 */
export function canvasNodes(
  definition: Definition,
  selected: ReadonlySet<string>,
  before: readonly CanvasNode[],
): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const leaving = edgesBySource(definition);
  const only = selected.size === 1;
  const steps = definition.nodes.map((step, index) => {
    const position = definition.layout[step.id] ?? fallback(index);
    const chosen = selected.has(step.id);
    return stepCard(
      step,
      leaving.get(step.id) ?? [],
      position,
      { chosen, open: chosen && only },
      known.get(step.id),
    );
  });
  if (steps.length === 0 && definition.triggers.length === 0) return [];
  return [triggerCard(definition, selected.has(TRIGGER_CARD), known.get(TRIGGER_CARD)), ...steps];
}

function stepCard(
  step: FlowNode,
  leaving: readonly FlowEdge[],
  position: { x: number; y: number },
  { chosen, open }: { chosen: boolean; open: boolean },
  before: CanvasNode | undefined,
): StepCardNode {
  const ports = portsOf(step, leaving);
  const old = before?.type === 'step' ? before : null;
  const same =
    old !== null &&
    old.data.step === step &&
    old.data.open === open &&
    old.data.ports.length === ports.length &&
    old.data.ports.every((port, index) => port === ports[index]) &&
    leaving.length === old.data.connected.size &&
    leaving.every(({ port }) => old.data.connected.has(port));
  if (same && samePlace(old, position) && (old.selected ?? false) === chosen) return old;
  const data = same ? old.data : { step, ports, connected: new Set(leaving.map(({ port }) => port)), open };
  const rows = shownPorts(ports, data.connected, open);
  const height = cardHeight(boundStep(step)?.texts[0]?.template ?? null, rows.length);
  return {
    ...(old ?? { id: step.id, type: 'step', initialWidth: CARD.width, initialHeight: height }),
    data,
    position,
    selected: chosen,
    ariaLabel: ariaLabelOf(step),
    handles: handlesOf(step, rows, firstRow(old) ?? height - rows.length * CARD.port),
  };
}

const samePlace = (node: CanvasNode, { x, y }: { x: number; y: number }): boolean =>
  node.position.x === x && node.position.y === y;

const TARGET: NodeHandle = {
  type: 'target',
  position: Position.Left,
  x: 0,
  y: CARD.head / 2,
  width: 1,
  height: 1,
};

/** Handles by calculation, so that lines can be drawn to cards that never were. Rows are of one height and come last. */
function handlesOf(step: FlowNode, rows: readonly Port[], top: number): NodeHandle[] {
  return [
    ...(isRemark(step) ? [] : [TARGET]),
    ...rows.map(
      ({ id }, index): NodeHandle => ({
        id,
        type: 'source',
        position: Position.Right,
        x: CARD.width,
        y: top + (index + 0.5) * CARD.port,
        width: 1,
        height: 1,
      }),
    ),
  ];
}

/** Where the rows of a card begin, from its top, as last measured or guessed. */
function firstRow(card: StepCardNode | null): number | null {
  const y = card?.handles?.find(({ type }) => type === 'source')?.y;
  return y === undefined ? null : y - CARD.port / 2;
}

/** A card that was just measured: its rows end where it does. */
export function withMeasuredHandles(card: CanvasNode): CanvasNode {
  const sources = card.handles?.filter(({ type }) => type === 'source').length ?? 0;
  const height = card.measured?.height;
  if (card.type !== 'step' || sources === 0 || height === undefined) return card;
  const top = height - CARD.border / 2 - sources * CARD.port;
  if (Math.abs((firstRow(card) ?? 0) - top) < 0.5) return card;
  let row = 0;
  const handles = card.handles?.map((handle) =>
    handle.type === 'source' ? { ...handle, y: top + (row++ + 0.5) * CARD.port } : handle,
  );
  return { ...card, handles };
}

function triggerCard(
  definition: Definition,
  selected: boolean,
  before: CanvasNode | undefined,
): TriggerCardNode {
  const first = definition.start === null ? undefined : definition.layout[definition.start];
  const left = Math.min(0, ...Object.values(definition.layout).map(({ x }) => x));
  const position = { x: (first?.x ?? left) - BEFORE, y: first?.y ?? 0 };
  const { triggers } = definition;
  if (
    before?.type === 'trigger' &&
    before.data.triggers === triggers &&
    samePlace(before, position) &&
    (before.selected ?? false) === selected
  ) {
    return before;
  }
  return {
    ...(before?.type === 'trigger'
      ? before
      : { id: TRIGGER_CARD, type: 'trigger', initialWidth: CARD.width, initialHeight: 120 }),
    data: { triggers },
    position,
    selected,
    draggable: false,
    deletable: false,
    ariaLabel: 'What starts this flow',
  };
}

/** Cards without a place of their own stand in rows, so that none hides another. */
const fallback = (index: number): { x: number; y: number } => ({
  x: (index % 6) * 360,
  y: Math.floor(index / 6) * 280,
});

function ariaLabelOf(step: FlowNode): string {
  const text = boundStep(step)?.texts[0]?.template;
  return text ? `${titleOf(step)}: ${text}` : titleOf(step);
}
