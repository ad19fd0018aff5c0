import { Button, Group, Text } from '@mantine/core';
import {
  IconBookmark,
  IconDeviceMobile,
  IconInfoCircle,
  IconMessage,
  IconMinus,
  IconRotate,
} from '@tabler/icons-react';
import { useState } from 'react';
import { formatPhone } from '#shared/sms/phone.ts';
import { useKeep } from '../../lib/rehearsal/recorder.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { usePhoneOpen } from '../../lib/rehearsal/use-phone-open.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Chat } from './chat.tsx';
import { ClockBar } from './clock-bar.tsx';
import { Composer } from './composer.tsx';
import { Details } from './details.tsx';
import classes from './simulator.module.css';
import { useStage } from './use-stage.ts';

/** The phone beside the canvas: the flow as it is drawn now, tried out in the browser. It can be folded, and remembers that. */
export function Simulator() {
  const [open, setOpen] = usePhoneOpen();
  const [details, setDetails] = useState(false);
  const [pressed, setPressed] = useState(false);
  const fold = (folded: boolean) => {
    setPressed(true);
    setOpen(!folded);
  };
  const stage = useStage();
  const ready = useRehearsal((state) => state.flow !== null);
  if (!open) {
    return (
      <Button
        className={classes.folded}
        variant="default"
        leftSection={<IconDeviceMobile size={18} />}
        autoFocus={pressed}
        onClick={() => fold(false)}
      >
        Try it
      </Button>
    );
  }
  return (
    <section className={classes.phone} data-phone aria-label="Phone">
      <header className={classes.head}>
        <div className={classes.sender}>
          <Text fw={600} truncate>
            {formatPhone(stage.address)}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {stage.program.brand}
          </Text>
        </div>
        <Group gap={2} wrap="nowrap">
          <KeepButton />
          <IconButton
            label={details ? 'Show the chat' : 'Show the person and what the flow knows'}
            onClick={() => setDetails(!details)}
          >
            {details ? <IconMessage size={18} /> : <IconInfoCircle size={18} />}
          </IconButton>
          <IconButton label="Start again" onClick={rehearsal.restart}>
            <IconRotate size={18} />
          </IconButton>
          <IconButton label="Fold the phone" onClick={() => fold(true)}>
            <IconMinus size={18} />
          </IconButton>
        </Group>
      </header>
      {details ? <Details /> : <Chat />}
      {ready && !details ? (
        <footer className={classes.foot}>
          <ClockBar />
          <Composer focused={pressed} />
        </footer>
      ) : null}
    </section>
  );
}

/** Saves the chat so far among the conversations that say how the flow is meant to go. */
function KeepButton() {
  const keep = useKeep();
  const hasLines = useRehearsal(({ lines, from }) => lines.length > 0 && from === null);
  if (!keep || !hasLines) return null;
  return (
    <IconButton
      label="Save this chat as a test"
      onClick={() => {
        const recorded = rehearsal.recorded();
        if (recorded) keep(recorded);
      }}
    >
      <IconBookmark size={18} />
    </IconButton>
  );
}
