import { type Node, Position } from '@xyflow/react';
import type { Definition, FlowEdge, FlowNode, Trigger } from '#flows/definition/schema.ts';
import { START } from '#flows/engine/events.ts';
import type { Port } from '#flows/engine/node-kind.ts';
import { boundStep, edgesBySource, portsOf, titleOf } from './bound-step.ts';
import { CARD, cardHeight, portCentre, shownPorts } from './card-size.ts';

/** A step of the flow as a card. */
export type StepCardNode = Node<
  { step: FlowNode; ports: readonly Port[]; connected: ReadonlySet<string> },
  'step'
>;
/** The card of what starts the flow; it is no step, and stands before the first one. */
export type TriggerCardNode = Node<{ triggers: readonly Trigger[] }, 'trigger'>;
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
  const steps = definition.nodes.map((step, index) => {
    const position = definition.layout[step.id] ?? fallback(index);
    return stepCard(step, leaving.get(step.id) ?? [], position, selected.has(step.id), known.get(step.id));
  });
  if (steps.length === 0 && definition.triggers.length === 0) return [];
  return [triggerCard(definition, selected.has(TRIGGER_CARD), known.get(TRIGGER_CARD)), ...steps];
}

function stepCard(
  step: FlowNode,
  leaving: readonly FlowEdge[],
  position: { x: number; y: number },
  selected: boolean,
  before: CanvasNode | undefined,
): StepCardNode {
  const ports = portsOf(step, leaving);
  const same =
    before?.type === 'step' &&
    before.data.step === step &&
    before.data.ports.length === ports.length &&
    before.data.ports.every((port, index) => port === ports[index]) &&
    leaving.length === before.data.connected.size &&
    leaving.every(({ port }) => before.data.connected.has(port));
  const data = same ? before.data : { step, ports, connected: new Set(leaving.map(({ port }) => port)) };
  if (same && samePlace(before, position) && (before.selected ?? false) === selected) return before;
  return {
    ...(before?.type === 'step' ? before : freshCard(step, ports, data.connected)),
    data,
    position,
    selected,
    ariaLabel: ariaLabelOf(step),
  };
}

const samePlace = (node: CanvasNode, { x, y }: { x: number; y: number }): boolean =>
  node.position.x === x && node.position.y === y;

/** A card that was never drawn: given a size and handles, React Flow can draw its lines without drawing the card. */
function freshCard(
  step: FlowNode,
  ports: readonly Port[],
  connected: ReadonlySet<string>,
): Omit<StepCardNode, 'data' | 'position'> {
  const shown = shownPorts(ports, connected, false);
  const height = cardHeight(boundStep(step)?.texts[0]?.template ?? null, shown.length);
  return {
    id: step.id,
    type: 'step',
    initialWidth: CARD.width,
    initialHeight: height,
    handles: [
      { type: 'target', position: Position.Left, x: 0, y: CARD.head / 2, width: 1, height: 1 },
      ...shown.map(({ id }, index) => ({
        id,
        type: 'source' as const,
        position: Position.Right,
        x: CARD.width,
        y: portCentre(height, shown.length, index),
        width: 1,
        height: 1,
      })),
    ],
  };
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
