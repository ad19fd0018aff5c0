import type { Rect, Viewport } from '@xyflow/react';
import type { WalkedPath } from '../../../lib/rehearsal/path.ts';
import type { Badge } from './overlay.ts';

/** A card as little as is seen of it from far away. */
export interface Sketch {
  id: string;
  rect: Rect;
  selected: boolean;
  title: string;
  family: string;
}

export interface OverviewColors {
  card: string;
  line: string;
  edge: string;
  text: string;
  accent: string;
  bad: string;
  warn: string;
  family: (name: string) => string;
}

/** All that is painted when cards are too small to be read. */
export interface OverviewScene {
  cards: readonly Sketch[];
  edges: readonly { id: string; source: string; target: string }[];
  viewport: Viewport;
  width: number;
  height: number;
  badges: ReadonlyMap<string, Badge>;
  path: WalkedPath;
  colors: OverviewColors;
}

/** On a card narrower than this many pixels of the screen no title can be read. */
const TITLED = 60;
const RADIUS = 4;
const EDGE_BAR = 3;

/** Paints a whole drawing: lines first, cards over them; what is out of sight is left out. */
export function drawOverview(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { cards, edges, viewport, width, height } = scene;
  context.clearRect(0, 0, width, height);
  const places = new Map(cards.map((card) => [card.id, onScreen(card.rect, viewport)]));
  drawLines(
    context,
    scene,
    places,
    edges.filter(({ id }) => !scene.path.lines.has(id)),
    scene.colors.edge,
    1,
  );
  drawLines(
    context,
    scene,
    places,
    edges.filter(({ id }) => scene.path.lines.has(id)),
    scene.colors.accent,
    2,
  );
  for (const card of cards) {
    const place = places.get(card.id);
    if (
      place &&
      place.x < width &&
      place.y < height &&
      place.x + place.width > 0 &&
      place.y + place.height > 0
    ) {
      drawCard(context, scene, card, place);
    }
  }
}

const onScreen = ({ x, y, width, height }: Rect, viewport: Viewport): Rect => ({
  x: x * viewport.zoom + viewport.x,
  y: y * viewport.zoom + viewport.y,
  width: width * viewport.zoom,
  height: height * viewport.zoom,
});

function drawLines(
  context: CanvasRenderingContext2D,
  { width, height }: OverviewScene,
  places: ReadonlyMap<string, Rect>,
  edges: readonly { source: string; target: string }[],
  color: string,
  thickness: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.beginPath();
  for (const { source, target } of edges) {
    const from = places.get(source);
    const to = places.get(target);
    if (!from || !to) continue;
    const x1 = from.x + from.width;
    const y1 = from.y + from.height / 2;
    const y2 = to.y + Math.min(to.height / 2, 10);
    if (
      Math.max(x1, to.x) < 0 ||
      Math.min(x1, to.x) > width ||
      Math.max(y1, y2) < 0 ||
      Math.min(y1, y2) > height
    )
      continue;
    const middle = (x1 + to.x) / 2;
    context.moveTo(x1, y1);
    context.lineTo(middle, y1);
    context.lineTo(middle, y2);
    context.lineTo(to.x, y2);
  }
  context.stroke();
}

function drawCard(
  context: CanvasRenderingContext2D,
  { colors, badges, path }: OverviewScene,
  card: Sketch,
  place: Rect,
): void {
  const { x, y, width, height } = place;
  const passed = path.nodes.has(card.id);
  context.beginPath();
  context.roundRect(x, y, width, height, RADIUS);
  context.fillStyle = colors.card;
  context.fill();
  context.strokeStyle = card.selected || passed ? colors.accent : colors.line;
  context.lineWidth = card.selected || path.current === card.id ? 2 : 1;
  context.stroke();
  context.fillStyle = colors.family(card.family);
  context.fillRect(x, y + 1, Math.min(EDGE_BAR, width / 8), height - 2);
  const badge = badges.get(card.id);
  if (badge) {
    context.fillStyle = badge.errors > 0 ? colors.bad : colors.warn;
    context.beginPath();
    const radius = Math.min(3, height / 4);
    context.arc(x + width - 2 * radius, y + 2 * radius, radius, 0, 2 * Math.PI);
    context.fill();
  }
  if (width < TITLED) return;
  context.save();
  context.beginPath();
  context.rect(x, y, width - 12, height);
  context.clip();
  context.fillStyle = colors.text;
  context.font = '500 11px "Inter Variable", system-ui, sans-serif';
  context.textBaseline = 'top';
  context.fillText(card.title, x + EDGE_BAR + 5, y + 5);
  context.restore();
}
