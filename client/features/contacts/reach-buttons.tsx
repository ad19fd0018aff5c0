import { Button } from '@mantine/core';
import { IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { Contact } from '#shared/api/contacts.ts';
import { useMay } from '../../lib/use-may.ts';
import { SendTextDialog } from './send-text-dialog.tsx';
import { StartFlowDialog } from './start-flow-dialog.tsx';

/** The two ways to text somebody who has not just texted. */
export function ReachButtons({ contact }: { contact: Contact }) {
  const may = useMay('agent');
  const [open, setOpen] = useState<'flow' | 'text' | null>(null);
  if (!may) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={() => setOpen('flow')}>
        Start a flow
      </Button>
      <Button leftSection={<IconSend size={16} />} onClick={() => setOpen('text')}>
        Send a text
      </Button>
      {open === 'flow' && <StartFlowDialog contact={contact} onClose={close} />}
      {open === 'text' && <SendTextDialog contact={contact} onClose={close} />}
    </>
  );
}
