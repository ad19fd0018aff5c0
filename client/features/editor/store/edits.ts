import { clipOf } from '#flows/definition/clip.ts';
import { freshNodeId, freshNodeIds } from '#flows/definition/node-ids.ts';
import { type Clip, clipSchema, type Operation } from '#flows/definition/operation.ts';
import type { FlowNode, Point } from '#flows/definition/schema.ts';
import { nodeKind } from '#flows/registry.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import { lineKey } from '../../../lib/rehearsal/path.ts';
import type { Editor } from './editor.ts';
import { clearBelow, roomOnLine } from './room.ts';
import type { Way } from './way.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Puts a new step of a kind on the canvas, joined to a way out if one is given. Returns its id. */
export function addStep(editor: Editor, kind: string, at: Point, way: Way | null = null): string | null {
  const node = freshStep(editor, kind);
  if (!node) return null;
  const operations: Operation[] = [{ do: 'add-node', node, at }];
  if (way) operations.push(joining(way, node.id));
  editor.edit('Add a step', operations, { select: [node.id] });
  return node.id;
}

/** Puts a new step into a line, where there is room or room can be made; else at `at`. Returns its id. */
export function insertStep(editor: Editor, kind: string, way: Way, at: Point): string | null {
  const node = freshStep(editor, kind);
  if (!node) return null;
  const room = roomOnLine(editor.store.getState().definition, way);
  const operations: Operation[] = [{ do: 'insert-on-edge', ...way, node, at: room?.at ?? at }];
  if (room) operations.unshift({ do: 'move-nodes', to: room.moves });
  editor.edit('Put a step on a line', operations, { select: [node.id] });
  return node.id;
}

/** Draws the line from a way out to a step. */
export function connect(editor: Editor, way: Way, to: string): void {
  editor.edit('Connect', [joining(way, to)]);
}

/** Takes the line from a way out away. */
export function disconnect(editor: Editor, way: Way): void {
  editor.edit('Disconnect', [parting(way)]);
}

/** Moves a line to another way out, another step, or both. */
export function reconnect(editor: Editor, old: Way, way: Way, to: string): void {
  const moved = old.from !== way.from || old.port !== way.port;
  editor.edit('Reconnect', [...(moved ? [parting(old)] : []), joining(way, to)]);
}

/** Removes everything that is chosen. */
export function removeSelected(editor: Editor): void {
  const { definition, selection } = editor.store.getState();
  const ids = definition.nodes.flatMap(({ id }) => (selection.nodes.has(id) ? [id] : []));
  const ways = [
    ...definition.edges,
    ...(definition.start === null ? [] : [{ from: TRIGGER_CARD, port: 'start' }]),
  ];
  const lines = ways.filter(({ from, port }) => selection.edges.has(lineKey(from, port)));
  if (ids.length + lines.length === 0) return;
  const operations: Operation[] = lines.map(parting);
  if (ids.length > 0) operations.push({ do: 'remove-nodes', ids });
  editor.edit(
    ids.length > 0 ? `Remove ${counted(ids.length, 'step')}` : `Remove ${counted(lines.length, 'line')}`,
    operations,
    { select: [] },
  );
}

const COPY_OFFSET: Point = { x: 40, y: 40 };

/** Copies the chosen steps beside themselves. */
export function duplicateSelected(editor: Editor): void {
  const { definition, selection } = editor.store.getState();
  const chosen = definition.nodes.flatMap(({ id }) => (selection.nodes.has(id) ? [id] : []));
  if (chosen.length === 0) return;
  const ids = freshNodeIds(definition, chosen);
  editor.edit(
    `Duplicate ${counted(chosen.length, 'step')}`,
    [{ do: 'duplicate-nodes', ids, by: COPY_OFFSET }],
    {
      select: Object.values(ids),
    },
  );
}

/** What lies in the clipboard under this name can be pasted into any flow. */
const CLIP_TYPE = 'textloom-steps';

/** The chosen steps as text for the clipboard, or null when none is. */
export function copySelected(editor: Editor): string | null {
  const { definition, selection } = editor.store.getState();
  const clip = clipOf(definition, [...selection.nodes]);
  return clip.nodes.length === 0 ? null : JSON.stringify({ [CLIP_TYPE]: clip });
}

/** Pastes steps from the clipboard's text; `at` is where their upper left corner goes, or below what lies there. False when the text holds no steps. */
export function pasteText(editor: Editor, text: string, at: Point): boolean {
  const clip = readClip(text);
  if (!clip || clip.nodes.length === 0) return false;
  const points = Object.values(clip.layout);
  const by = {
    x: at.x - Math.min(...points.map(({ x }) => x), Number.POSITIVE_INFINITY),
    y: at.y - Math.min(...points.map(({ y }) => y), Number.POSITIVE_INFINITY),
  };
  const { definition } = editor.store.getState();
  const ids = freshNodeIds(
    definition,
    clip.nodes.map(({ id }) => id),
  );
  editor.edit(
    `Paste ${counted(clip.nodes.length, 'step')}`,
    [{ do: 'paste', clip, ids, by: points.length > 0 ? clearBelow(definition, points, by) : at }],
    {
      select: Object.values(ids),
    },
  );
  return true;
}

function readClip(text: string): Clip | null {
  if (!text.startsWith(`{"${CLIP_TYPE}"`)) return null;
  try {
    const json: unknown = JSON.parse(text);
    const read = clipSchema.safeParse(
      json !== null && typeof json === 'object' ? Reflect.get(json, CLIP_TYPE) : null,
    );
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Gives a step the settings that it would have if it were put there now. */
export function resetStep(editor: Editor, id: string): void {
  const { name, nodes } = editor.store.getState().definition;
  const kind = nodeKind(nodes.find((node) => node.id === id)?.kind ?? '');
  if (!kind) return;
  const config = kind.initial({ name, nodes: nodes.filter((node) => node.id !== id) });
  editor.edit('Start afresh', [{ do: 'configure-node', id, config }]);
}

function freshStep(editor: Editor, kind: string): FlowNode | null {
  const known = nodeKind(kind);
  const { definition } = editor.store.getState();
  return known ? { id: freshNodeId(definition, kind), kind, config: known.initial(definition) } : null;
}

const joining = ({ from, port }: Way, to: string): Operation =>
  from === TRIGGER_CARD ? { do: 'set-start', id: to } : { do: 'connect', edge: { from, port, to } };

const parting = ({ from, port }: Way): Operation =>
  from === TRIGGER_CARD ? { do: 'set-start', id: null } : { do: 'disconnect', from, port };
