import { Button } from '@mantine/core';
import { IconDoorEnter, IconDoorOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Pool, PoolState } from '#shared/api/vouchers.ts';
import { changePool, removePool } from '../../lib/api/vouchers.ts';
import { VOUCHERS_KEY } from '../../lib/queries/voucher-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { ConfirmButton } from '../../ui/confirm.tsx';
import { PoolDialog } from './pool-dialog.tsx';

/** What can be done with a pool besides its codes. */
export function PoolActions({ pool }: { pool: Pool }) {
  const { key, state, total, available } = pool;
  const may = useMay('publisher');
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const turn = useChange((to: PoolState) => changePool(key, { state: to }), { touches: [VOUCHERS_KEY] });
  const remove = useChange(() => removePool(key), {
    touches: [
      [...VOUCHERS_KEY, 'list'],
      [...VOUCHERS_KEY, 'choices'],
    ],
    onDone: () => void navigate({ to: '/vouchers' }),
  });
  if (!may) return null;
  return (
    <>
      {available === total && (
        <ConfirmButton
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          question={{
            title: 'Remove this pool?',
            children:
              total === 0
                ? 'There are no codes in it. This cannot be undone.'
                : 'Nobody has a code of it. Its codes are removed too, and this cannot be undone.',
            confirm: 'Remove pool',
            onConfirm: () => remove.mutate(),
          }}
        >
          Remove
        </ConfirmButton>
      )}
      {state === 'open' ? (
        <ConfirmButton
          leftSection={<IconDoorOff size={16} />}
          loading={turn.isPending}
          question={{
            title: 'Close this pool?',
            children:
              'No code is given from now on: flows go on as if none were left. What people have can still be redeemed, and it can be opened again.',
            confirm: 'Close pool',
            onConfirm: () => turn.mutate('closed'),
          }}
        >
          Close
        </ConfirmButton>
      ) : (
        <ConfirmButton
          leftSection={<IconDoorEnter size={16} />}
          loading={turn.isPending}
          question={{
            title: 'Open this pool again?',
            children: 'Flows that name it give its codes from now on.',
            confirm: 'Open pool',
            danger: false,
            onConfirm: () => turn.mutate('open'),
          }}
        >
          Open again
        </ConfirmButton>
      )}
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setChanging(true)}>
        Change
      </Button>
      {changing && <PoolDialog pool={pool} onClose={() => setChanging(false)} />}
    </>
  );
}
