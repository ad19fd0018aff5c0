import { Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MoveRehearsal, MoveWait } from '#shared/api/run-moves.ts';
import { assertNever } from '#shared/assert-never.ts';
import { moveRuns } from '../../../lib/api/run-moves.ts';
import { counted } from '../../../lib/format/number.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { FLOWS_KEY } from '../../../lib/queries/flow-queries.ts';
import { moveRehearsalQuery } from '../../../lib/queries/run-move-queries.ts';
import { RUNS_KEY } from '../../../lib/queries/run-queries.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNote } from '../../../ui/error-note.tsx';

export interface MoveDialogProps {
  flowId: string;
  from: number;
  to: number;
  onClose: () => void;
}

/** Says what would become of those who wait on an older version, and lets them go on with a newer one. */
export function MoveDialog({ flowId, from, to, onClose }: MoveDialogProps) {
  const { data, error, refetch } = useQuery(moveRehearsalQuery(flowId, from, to));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const steps = joined(data?.steps ?? []);
  const chosen = steps.filter(({ node, movable }) => movable > 0 && !left.has(node));
  const people = chosen.reduce((sum, { movable }) => sum + movable, 0);
  const move = useChange(() => moveRuns(flowId, { from, to, nodes: chosen.map(({ node }) => node) }), {
    touches: [FLOWS_KEY, RUNS_KEY],
    onDone: () => {
      notifyDone(`Moving ${counted(people, 'person', 'people')} to version ${to}.`);
      onClose();
    },
  });
  const toggle = (node: string) =>
    setLeft((now) => new Set(now.has(node) ? [...now].filter((one) => one !== node) : [...now, node]));
  return (
    <Dialog onClose={onClose} title={`People on version ${from}`} size={560}>
      <Stack gap="sm">
        {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loader size="sm" />}
        {data && steps.length === 0 && <Text c="dimmed">Nobody waits on version {from} any more.</Text>}
        {steps.length > 0 && (
          <Text c="dimmed">
            They go on with version {from} unless you let them go on with version {to}. Their answers go
            along, and they wait as long as they would have there.
          </Text>
        )}
        {steps.map((step) => (
          <Checkbox
            key={step.node}
            checked={step.movable > 0 && !left.has(step.node)}
            disabled={step.movable === 0}
            onChange={() => toggle(step.node)}
            label={
              <>
                “<bdi>{step.step}</bdi>”: {counted(step.people, 'person waits', 'people wait')}
              </>
            }
            description={step.words}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={people === 0} loading={move.isPending} onClick={() => move.mutate()}>
            Move {counted(people, 'person', 'people')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface StepToMove {
  node: string;
  step: string;
  people: number;
  movable: number;
  words: string;
}

/** One line a step, though people may wait in several of its places. */
function joined(steps: MoveRehearsal['steps']): StepToMove[] {
  const byNode = new Map<string, StepToMove>();
  for (const { node, step, people, verdict, changes, wait } of steps) {
    const known = byNode.get(node) ?? { node, step, people: 0, movable: 0, words: '' };
    const words =
      verdict === 'gone'
        ? 'The other version has no such step, so they stay.'
        : changes.length === 0
          ? 'Nothing about this step has changed.'
          : `Changed: ${changes.map((change) => CHANGES[change]).join(', ')}.${waitWords(wait)}`;
    byNode.set(node, {
      ...known,
      people: known.people + people,
      movable: known.movable + (verdict === 'gone' ? 0 : people),
      words: known.words.includes(words) ? known.words : `${known.words} ${words}`.trim(),
    });
  }
  return [...byNode.values()];
}

/** What becomes of the time they wait until, in words; nothing where it stays. */
function waitWords(wait: MoveWait): string {
  switch (wait.do) {
    case 'keep':
      return '';
    case 'clear':
      return ' They wait for ever.';
    case 'set':
      return wait.seconds === 0
        ? ' What they wait for is looked at anew at once.'
        : ` They wait ${spanWords(wait.seconds)} from the move on.`;
    case 'shift':
      return wait.seconds > 0
        ? ` They wait ${spanWords(wait.seconds)} longer.`
        : ` They wait ${spanWords(-wait.seconds)} less; whoever has waited that long goes on at once.`;
    default:
      return assertNever(wait);
  }
}

function spanWords(seconds: number): string {
  if (seconds % 86_400 === 0) return counted(seconds / 86_400, 'day');
  if (seconds % 3_600 === 0) return counted(seconds / 3_600, 'hour');
  return counted(Math.round(seconds / 60), 'minute');
}

const CHANGES = {
  config: 'what it says or takes',
  lines: 'where it leads',
  words: 'its translations',
  answers: 'later steps read answers that these people were never asked for',
} as const;
