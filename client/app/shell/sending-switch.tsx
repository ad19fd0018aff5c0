import { Button } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { setSending } from '../../lib/api/sending.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { sessionQuery, useSession } from '../../lib/queries/session-queries.ts';
import { SETTINGS_KEY } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { askFirst } from '../../ui/confirm.tsx';
import classes from './shell.module.css';

/** The one switch that stops all sending of the workspace, and starts it again. Both ask first. */
export function SendingSwitch() {
  const { workspace } = useSession();
  const mayStop = useMay('compliance');
  const change = useSendingChange();
  if (workspace.sendingStopped || !mayStop) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconHandStop size={15} />}
      loading={change.isPending}
      aria-label="Stop all sending"
      onClick={() =>
        askFirst({
          title: 'Stop all sending?',
          children:
            'No text leaves this workspace until somebody starts sending again. Texts that come in are still read and stored, replies wait in the queue, and campaigns stand still.',
          confirm: 'Stop all sending',
          onConfirm: () => change.mutate(true),
        })
      }
    >
      <span className={classes.hideNarrow}>Stop all sending</span>
    </Button>
  );
}

/** Starts sending again, from the banner. */
export function StartSendingButton() {
  const mayStart = useMay('compliance');
  const change = useSendingChange();
  if (!mayStart) return null;
  return (
    <Button
      size="compact-sm"
      variant="white"
      color="dark"
      leftSection={<IconPlayerPlay size={15} />}
      loading={change.isPending}
      onClick={() =>
        askFirst({
          title: 'Start sending again?',
          children:
            'Texts that waited in the queue go out now, as fast as their senders allow, and campaigns go on at their pace.',
          confirm: 'Start sending',
          danger: false,
          onConfirm: () => change.mutate(false),
        })
      }
    >
      Start sending again
    </Button>
  );
}

function useSendingChange() {
  return useChange(setSending, {
    touches: [sessionQuery.queryKey, SETTINGS_KEY],
    onDone: (_, stopped) => notifyDone(stopped ? 'All sending is stopped.' : 'Sending has started again.'),
  });
}
