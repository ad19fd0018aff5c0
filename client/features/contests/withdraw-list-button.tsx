import { withdrawList } from '../../lib/api/contests.ts';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { ConfirmButton } from '../../ui/confirm.tsx';

/** Takes back the list of a draw that was not held yet. */
export function WithdrawListButton({ contestKey, draw }: { contestKey: string; draw: number }) {
  const withdraw = useChange(() => withdrawList(contestKey, draw), { touches: [CONTESTS_KEY] });
  return (
    <ConfirmButton
      loading={withdraw.isPending}
      question={{
        title: 'Withdraw the list?',
        children:
          'Entries can be changed again, and the list is fixed anew. The seal stays the same, and it is noted that you did.',
        confirm: 'Withdraw the list',
        onConfirm: () => withdraw.mutate(),
      }}
    >
      Withdraw the list
    </ConfirmButton>
  );
}
