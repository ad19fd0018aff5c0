import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted } from '../../../lib/format/number.ts';
import { moveRehearsalQuery } from '../../../lib/queries/run-move-queries.ts';
import { useMay } from '../../../lib/use-may.ts';
import { MoveDialog } from './move-dialog.tsx';

/** The way to move those who still wait on an older version; nothing where nobody does. */
export function MoveButton({ flowId, from, to }: { flowId: string; from: number; to: number }) {
  const may = useMay('publisher');
  const { data } = useQuery(moveRehearsalQuery(flowId, from, to));
  const [open, setOpen] = useState(false);
  const people = data?.steps.reduce((sum, step) => sum + step.people, 0) ?? 0;
  if (!may || people === 0) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" mt={6} onClick={() => setOpen(true)}>
        {counted(people, 'person waits', 'people wait')} on it: move…
      </Button>
      {open && <MoveDialog flowId={flowId} from={from} to={to} onClose={() => setOpen(false)} />}
    </>
  );
}
