import { Button, Group, Text } from '@mantine/core';
import { IconArrowBarUp, IconTrophy, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Contest, ContestWinner, Draw } from '#shared/api/contests.ts';
import { claimPrize, replaceWinner } from '../../lib/api/contests.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { CONTESTS_KEY, winnersQuery } from '../../lib/queries/contest-queries.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import type { Column } from '../../ui/tables/column.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusBadge } from '../../ui/badges/status-badge.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

/** Who was drawn, in their order, and what became of it. */
export function WinnersTable({ contest, draw }: { contest: Contest; draw: Draw }) {
  const { data, error, refetch } = useQuery(winnersQuery(contest.key, draw.number));
  const [replacing, setReplacing] = useState<ContestWinner | null>(null);
  const mayClaim = useMay('agent');
  const mayReplace = useMay('compliance');
  const of = ({ place }: ContestWinner) => ({ key: contest.key, number: draw.number, place });
  const claim = useChange(
    ({ winner, claimed }: { winner: ContestWinner; claimed: boolean }) => claimPrize(of(winner), claimed),
    { touches: [CONTESTS_KEY] },
  );
  const replace = useChange(
    ({ winner, because }: { winner: ContestWinner; because: string }) => replaceWinner(of(winner), because),
    {
      touches: [CONTESTS_KEY, CONTACTS_KEY],
      onDone: ({ place }) => {
        setReplacing(null);
        notifyDone(
          place === null ? 'Nobody is left to be drawn.' : `Number ${place} of the order has won instead.`,
        );
      },
    },
  );
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  const acts: Column<ContestWinner> = {
    key: 'acts',
    header: 'Acts',
    hiddenHeader: true,
    width: 210,
    align: 'right',
    cell: (winner) =>
      winner.status === 'winner' && (
        <Group gap={4} justify="flex-end">
          {mayClaim && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => claim.mutate({ winner, claimed: winner.claimedAt === null })}
            >
              {winner.claimedAt === null ? 'Has claimed' : 'Not claimed'}
            </Button>
          )}
          {mayReplace && winner.claimedAt === null && (
            <Button size="compact-xs" variant="default" onClick={() => setReplacing(winner)}>
              Replace…
            </Button>
          )}
        </Group>
      ),
  };
  return (
    <>
      <DataTable
        label={`Drawn in draw ${draw.number}`}
        columns={mayClaim ? [...COLUMNS, acts] : COLUMNS}
        rows={data}
        rowKey={({ place }) => String(place)}
        empty={null}
      />
      {replacing && (
        <ReasonDialog
          title="Replace this winner"
          submit="Replace winner"
          words="The next of the order that was drawn wins instead. The reason is kept."
          placeholder="Did not answer in 14 days"
          busy={replace.isPending}
          onSubmit={(because) => replace.mutate({ winner: replacing, because })}
          onClose={() => setReplacing(null)}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<ContestWinner>[] = [
  { key: 'place', header: 'Place', width: 60, cell: ({ place }) => <span className="tabular">{place}</span> },
  {
    key: 'person',
    header: 'Person',
    cell: ({ phone, name, contactId, stopped }) =>
      phone === null ? (
        <Text size="sm" c="dimmed">
          Erased since
        </Text>
      ) : (
        <>
          <Link to="/contacts/$contactId" params={{ contactId }} data-row-link>
            <PersonName name={name} phone={phone} />
          </Link>
          {stopped && (
            <Text size="xs" c="dimmed">
              Said STOP: tell them another way
            </Text>
          )}
        </>
      ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 150,
    cell: ({ status, because, claimBy, claimedAt }) => (
      <>
        <StatusBadge {...STATUSES[status]} />
        <Text size="xs" c="dimmed" component="div" dir="auto">
          {because}
          {claimedAt !== null ? (
            <>
              claimed <RelativeTime at={claimedAt} />
            </>
          ) : (
            claimBy !== null && (
              <>
                to claim by <RelativeTime at={claimBy} />
              </>
            )
          )}
        </Text>
      </>
    ),
  },
];

const STATUSES = {
  winner: { icon: IconTrophy, label: 'Winner', tone: 'good' },
  reserve: { icon: IconArrowBarUp, label: 'Reserve', tone: 'quiet' },
  replaced: { icon: IconUserOff, label: 'Replaced', tone: 'warn' },
} as const;
