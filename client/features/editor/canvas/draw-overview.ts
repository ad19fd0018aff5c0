import type { Rect, Viewport, XYPosition } from '@xyflow/react';
import type { WalkedPath } from '../../../lib/rehearsal/path.ts';
import type { Badge } from './overlay.ts';
import { overlaps } from './spread.ts';

/** A card as little as is seen of it from far away. */
export interface Sketch {
  id: string;
  rect: Rect;
  selected: boolean;
  title: string;
  family: string;
}

/** A line and its corners. */
export interface SketchedLine {
  id: string;
  corners: readonly XYPosition[];
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
  edges: readonly SketchedLine[];
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
  const isLit = ({ id }: SketchedLine) => scene.path.lines.has(id);
  const dull = edges.filter((line) => !isLit(line));
  drawLines(context, scene, dull, scene.colors.edge, 1);
  drawLines(context, scene, edges.filter(isLit), scene.colors.accent, 2);
  for (const card of cards) {
    const place = onScreen(card.rect, viewport);
    if (overlaps(place, { x: 0, y: 0, width, height })) drawCard(context, scene, card, place);
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
  { width, height, viewport }: OverviewScene,
  lines: readonly SketchedLine[],
  color: string,
  thickness: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.beginPath();
  for (const { corners } of lines) {
    const points = corners.map(({ x, y }) => ({
      x: x * viewport.zoom + viewport.x,
      y: y * viewport.zoom + viewport.y,
    }));
    points.forEach((point, at) => {
      const next = points[at + 1];
      if (!next || Math.max(point.x, next.x) < 0 || Math.min(point.x, next.x) > width) return;
      if (Math.max(point.y, next.y) < 0 || Math.min(point.y, next.y) > height) return;
      context.moveTo(point.x, point.y);
      context.lineTo(next.x, next.y);
    });
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
