import { useComputedColorScheme } from '@mantine/core';
import { useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { nodeKind } from '#flows/registry.ts';
import { TRIGGER_CARD } from './canvas-nodes.ts';
import type { CanvasEdge } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { titleOf } from './bound-step.ts';
import { rectOf } from './card-places.ts';
import { drawOverview, type OverviewColors } from './draw-overview.ts';
import classes from './overview.module.css';
import { useOverlay } from './overlay.ts';
import { cornersOf } from './route-lines.ts';

export interface OverviewProps {
  cards: readonly CanvasNode[];
  edges: readonly CanvasEdge[];
}

/** Many cards from far away, painted at once instead of built one by one. */
export function Overview({ cards, edges }: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [x, y, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const badges = useOverlay((overlay) => overlay.badges);
  const path = useOverlay((overlay) => overlay.path);
  const scheme = useComputedColorScheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another colour scheme has other colours to read
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = width * ratio;
    element.height = height * ratio;
    const context = element.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawOverview(context, {
      cards: cards.map(sketchOf),
      edges: edges.flatMap(({ id, data }) =>
        data?.way ? [{ id, corners: cornersOf(data.way.source, data.way.target, data.way.turns) }] : [],
      ),
      viewport: { x, y, zoom },
      width,
      height,
      badges,
      path,
      colors: colorsOf(element),
    });
  }, [cards, edges, x, y, zoom, width, height, badges, path, scheme]);

  return (
    <canvas
      ref={canvas}
      className={classes.overview}
      role="img"
      aria-label={`${cards.length} cards from far away. Zoom in to read and edit them.`}
    />
  );
}

const sketchOf = (card: CanvasNode) => ({
  id: card.id,
  rect: rectOf(card),
  selected: card.selected ?? false,
  title: card.type === 'step' ? titleOf(card.data.step) : 'When somebody texts',
  family:
    card.id === TRIGGER_CARD || card.type !== 'step'
      ? 'start'
      : (nodeKind(card.data.step.kind)?.family ?? 'end'),
});

/** The colours of the theme as they are now; a canvas can't use variables by name. */
function colorsOf(element: HTMLElement): OverviewColors {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const families = new Map<string, string>();
  return {
    card: read('--card-surface'),
    line: read('--card-line'),
    edge: read('--edge'),
    text: read('--mantine-color-text'),
    accent: read('--mantine-primary-color-filled'),
    bad: read('--tl-bad'),
    warn: read('--tl-warn'),
    family(name) {
      const known = families.get(name);
      if (known) return known;
      const probe = document.createElement('i');
      probe.dataset.family = name;
      element.parentElement?.append(probe);
      const color = getComputedStyle(probe).getPropertyValue('--family').trim();
      probe.remove();
      families.set(name, color);
      return color;
    },
  };
}
