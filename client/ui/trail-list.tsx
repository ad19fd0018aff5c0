import { Timeline } from '@mantine/core';
import { IconArrowRight, IconCircle, IconExclamationMark, IconHandStop } from '@tabler/icons-react';
import type { WireTrailStep } from '#shared/api/runs.ts';
import { useStepNames } from '../lib/trail/use-step-names.ts';
import { type TrailLine, trailLine } from '../lib/trail/trail-words.ts';
import { TextLink } from './links.tsx';

export interface TrailListProps {
  flow: { id: string; version: number };
  steps: readonly WireTrailStep[];
}

/** What happened to a run, line by line, in the names its own version gave the steps; each leads to the canvas. */
export function TrailList({ flow, steps }: TrailListProps) {
  const names = useStepNames(flow);
  const lines = steps.map((step) => trailLine(step, names));
  return (
    <Timeline bulletSize={20} lineWidth={1} color="gray">
      {lines.map((line, index) => (
        // A history only grows, so a line's place is its name.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Timeline.Item key={index} bullet={<Bullet tone={line.tone} />} styles={{ item: { marginTop: 10 } }}>
          {line.node === null ? (
            line.words
          ) : (
            <TextLink
              to="/flows/$flowId"
              params={{ flowId: flow.id }}
              search={{ node: line.node }}
              c="inherit"
              underline="hover"
              inherit
            >
              {line.words}
            </TextLink>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Bullet({ tone }: { tone: TrailLine['tone'] }) {
  const { icon: Sign, color } = BULLETS[tone];
  return <Sign size={11} color={color} aria-hidden />;
}

const BULLETS = {
  good: { icon: IconArrowRight, color: 'var(--tl-info)' },
  warn: { icon: IconHandStop, color: 'var(--tl-warn)' },
  bad: { icon: IconExclamationMark, color: 'var(--tl-bad)' },
  quiet: { icon: IconCircle, color: 'var(--mantine-color-dimmed)' },
} as const;
