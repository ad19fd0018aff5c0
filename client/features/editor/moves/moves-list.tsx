import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunMove } from '#shared/api/run-moves.ts';
import { assertNever } from '#shared/assert-never.ts';
import { changeMove } from '../../../lib/api/run-moves.ts';
import { counted, wholeNumber } from '../../../lib/format/number.ts';
import { FLOWS_KEY } from '../../../lib/queries/flow-queries.ts';
import { movesQuery } from '../../../lib/queries/run-move-queries.ts';
import { RUNS_KEY } from '../../../lib/queries/run-queries.ts';
import { useChange } from '../../../lib/use-change.ts';
import { useMay } from '../../../lib/use-may.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';

/** How often a move that is under way is looked at, in milliseconds. */
const EVERY_MS = 1_500;

/** Moves of people between versions: how far each has come, and the way back. */
export function MovesList({ flowId }: { flowId: string }) {
  const { data } = useQuery({
    ...movesQuery(flowId),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? EVERY_MS : false),
  });
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Moves">
      <Title order={3} size="h4" mt="md" mb={6}>
        Moves between versions
      </Title>
      <Stack gap="sm">
        {data.map((move) => (
          <MoveLine key={move.id} flowId={flowId} move={move} />
        ))}
      </Stack>
    </section>
  );
}

function MoveLine({ flowId, move }: { flowId: string; move: RunMove }) {
  const may = useMay('publisher');
  const change = useChange((act: 'pause' | 'resume' | 'undo') => changeMove(flowId, move.id, act), {
    touches: [FLOWS_KEY, RUNS_KEY],
  });
  const { status, moved } = move;
  return (
    <div>
      <Text size="sm">
        Version {move.from} to {move.to}: {progressWords(move)}
      </Text>
      {isOpen(move) && (
        <Progress size="sm" my={4} value={shareDone(move) * 100} aria-label="How far this move has come" />
      )}
      <Text size="xs" c="dimmed">
        <RelativeTime at={move.createdAt} />
        {move.createdBy !== null && ` by ${move.createdBy}`}
      </Text>
      {may && (
        <Group gap="xs" mt={4}>
          {status === 'running' && (
            <Button size="compact-sm" variant="default" onClick={() => change.mutate('pause')}>
              Pause
            </Button>
          )}
          {status === 'paused' && (
            <Button size="compact-sm" variant="default" onClick={() => change.mutate('resume')}>
              Go on
            </Button>
          )}
          {status !== 'undoing' && status !== 'undone' && moved > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate('undo')}
            >
              Take back
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

const isUnderWay = ({ status }: RunMove): boolean => status === 'running' || status === 'undoing';

const isOpen = (move: RunMove): boolean => isUnderWay(move) || move.status === 'paused';

/** Of those a move is about, the share it is through with. */
function shareDone({ status, moved, undone, left }: RunMove): number {
  const [done, all] = status === 'undoing' ? [undone, moved] : [moved, moved + left];
  return all === 0 ? 1 : done / all;
}

/** How far a move has come, and how many are left. */
function progressWords({ status, moved, undone, left }: RunMove): string {
  switch (status) {
    case 'running':
      return `${wholeNumber(moved)} moved, ${wholeNumber(left)} left`;
    case 'paused':
      return `paused, ${wholeNumber(moved)} moved, ${wholeNumber(left)} left`;
    case 'done':
      return `${counted(moved, 'person', 'people')} moved`;
    case 'undoing':
      return `${wholeNumber(undone)} of ${counted(moved, 'person', 'people')} taken back`;
    case 'undone':
      return undone === moved
        ? `${counted(undone, 'person', 'people')} moved and taken back`
        : `${wholeNumber(undone)} of ${counted(moved, 'person', 'people')} taken back; the others have ended or gone on`;
    default:
      return assertNever(status);
  }
}
