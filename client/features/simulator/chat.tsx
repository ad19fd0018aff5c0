import { Button, Group, Text } from '@mantine/core';
import { Fragment, useEffect, useRef } from 'react';
import { gapWords } from '../../lib/rehearsal/chat.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import classes from './simulator.module.css';

/** The conversation so far, with the time between texts, and chips for what could be texted next. */
export function Chat() {
  const lines = useRehearsal((state) => state.lines);
  const now = useRehearsal((state) => state.now);
  const replayed = useRehearsal((state) => state.replayed);
  const ready = useRehearsal((state) => state.flow !== null);
  const from = useRehearsal((state) => state.from);
  const chat = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines and the passing of time scroll to the end
  useEffect(() => {
    if (chat.current) chat.current.scrollTop = chat.current.scrollHeight;
  }, [lines, now]);
  useEffect(() => {
    const box = chat.current;
    if (!box) return;
    // The drawer below makes the phone lower, and would hide the last text.
    const resized = new ResizeObserver(() => {
      box.scrollTop = box.scrollHeight;
    });
    resized.observe(box);
    return () => resized.disconnect();
  }, []);
  return (
    <div className={classes.chat} ref={chat}>
      {from === null ? null : <BeginsAt step={from} />}
      {replayed ? <Remark>Something changed, so this chat was played again.</Remark> : null}
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" my="auto" px="md">
          {ready
            ? 'Text a keyword to try this flow. Nothing is really sent.'
            : 'The phone works as soon as the drawing can be read.'}
        </Text>
      ) : null}
      <div role="log" aria-label="Conversation" className={classes.lines}>
        {lines.map((line, index) => {
          const gap = gapWords(line.at - (lines[index - 1]?.at ?? line.at));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
            <Fragment key={index}>
              {gap ? <Remark>{gap}</Remark> : null}
              {line.kind === 'remark' ? (
                <Remark>{line.text}</Remark>
              ) : (
                <TextBubble
                  from={line.kind === 'heard' ? 'us' : 'them'}
                  side={line.kind === 'heard' ? 'start' : 'end'}
                  text={line.text}
                />
              )}
            </Fragment>
          );
        })}
        <Passed since={lines.at(-1)?.at ?? now} now={now} />
      </div>
      <Chips />
    </div>
  );
}

/** Says that the chat does not begin where the flow does, and the way back. */
function BeginsAt({ step }: { step: string }) {
  const node = useRehearsal((state) => state.flow?.compiled.nodes.get(step));
  return (
    <Group justify="center" gap={4} mb="xs">
      <Text size="xs" c="dimmed">
        Begins at “{node?.title ?? step}”.
      </Text>
      <Button size="compact-xs" variant="subtle" onClick={() => rehearsal.startFrom(null)}>
        Begin at the start
      </Button>
    </Group>
  );
}

function Passed({ since, now }: { since: number; now: number }) {
  const gap = gapWords(now - since);
  return gap ? <Remark>{gap}</Remark> : null;
}

function Remark({ children }: { children: React.ReactNode }) {
  return <p className={classes.remark}>{children}</p>;
}

function Chips() {
  const suggestions = useRehearsal((state) => state.suggestions);
  if (suggestions.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div className={classes.chips} role="group" aria-label="Suggested texts">
      {suggestions.map(({ label, leadsTo, move }) => (
        <Button
          key={`${label} ${leadsTo}`}
          size="compact-sm"
          radius="xl"
          variant="default"
          title={leadsTo === null ? 'Keyword' : `Leads to “${leadsTo}”`}
          onClick={() => rehearsal.move(move)}
        >
          <span dir="auto">{label}</span>
        </Button>
      ))}
    </div>
  );
}
