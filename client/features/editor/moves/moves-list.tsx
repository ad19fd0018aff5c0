import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunMove } from '#shared/api/run-moves.ts';
import { changeMove } from '../../../lib/api/run-moves.ts';
import { counted } from '../../../lib/format/number.ts';
import { FLOWS_KEY } from '../../../lib/queries/flow-queries.ts';
import { movesQuery } from '../../../lib/queries/run-move-queries.ts';
import { RUNS_KEY } from '../../../lib/queries/run-queries.ts';
import { useChange } from '../../../lib/use-change.ts';
import { useMay } from '../../../lib/use-may.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';

/** How often a move that is under way is looked at, in milliseconds. */
const EVERY_MS = 1_000;

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
  const { status, moved, undone } = move;
  return (
    <div>
      <Text size="sm">
        {counted(moved, 'person', 'people')} from version {move.from} to {move.to}, {WORDS[status]}
        {undone > 0 && `: ${counted(undone, 'was', 'were')} taken back`}
      </Text>
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

const WORDS: Readonly<Record<RunMove['status'], string>> = {
  running: 'under way',
  paused: 'paused',
  done: 'done',
  undoing: 'being taken back',
  undone: 'taken back',
};
