import { Button, Group } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { gapWords } from '../../lib/rehearsal/chat.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';
import classes from './simulator.module.css';

const STEPS = [
  { label: '+1 min', seconds: 60 },
  { label: '+1 h', seconds: 3_600 },
  { label: '+24 h', seconds: 86_400 },
];

/** Lets time pass on the phone: by a step, or until something happens by itself. */
export function ClockBar() {
  const next = useRehearsal((state) => state.nextWake);
  return (
    <Group gap={4} className={classes.clock}>
      <IconClock size={14} aria-hidden />
      {STEPS.map(({ label, seconds }) => (
        <Button
          key={label}
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => rehearsal.waits(seconds)}
        >
          {label}
        </Button>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        ml="auto"
        disabled={next === null}
        title={
          next === null
            ? 'Nothing happens by itself now'
            : `Until ${gapWords(next * 1_000) ?? 'a moment later'}`
        }
        onClick={() => next !== null && rehearsal.waits(next)}
      >
        To the next event
      </Button>
    </Group>
  );
}
