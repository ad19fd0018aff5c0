import { Button } from '@mantine/core';
import { IconDoorOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Contest } from '#shared/api/contests.ts';
import { closeContest, removeContest } from '../../lib/api/contests.ts';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { ConfirmButton } from '../../ui/confirm.tsx';
import { ContestDialog } from './contest-dialog.tsx';

/** What can be done with a contest besides drawing from it. */
export function ContestActions({ contest }: { contest: Contest }) {
  const { key, status, entries } = contest;
  const may = useMay('publisher');
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const close = useChange(() => closeContest(key), { touches: [CONTESTS_KEY] });
  const remove = useChange(() => removeContest(key), {
    touches: [[...CONTESTS_KEY, 'list']],
    onDone: () => void navigate({ to: '/contests' }),
  });
  if (!may) return null;
  return (
    <>
      {entries === 0 && (
        <ConfirmButton
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          question={{
            title: 'Remove this contest?',
            children: 'Nobody has entered it. This cannot be undone.',
            confirm: 'Remove contest',
            onConfirm: () => remove.mutate(),
          }}
        >
          Remove
        </ConfirmButton>
      )}
      {status === 'open' && (
        <ConfirmButton
          leftSection={<IconDoorOff size={16} />}
          loading={close.isPending}
          question={{
            title: 'Close this contest now?',
            children:
              'Whoever texts from now on is told that it is closed. A later date under “Change” opens it again.',
            confirm: 'Close now',
            onConfirm: () => close.mutate(),
          }}
        >
          Close now
        </ConfirmButton>
      )}
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setChanging(true)}>
        Change
      </Button>
      {changing && <ContestDialog contest={contest} onClose={() => setChanging(false)} />}
    </>
  );
}
