import { Anchor, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { type Culprit, segment, withSuggestions } from '#shared/sms/segments.ts';
import classes from './segment-counter.module.css';
import { useSurroundings } from './surroundings.tsx';
import { splitTemplate, withoutVariables } from './split-template.ts';

/** How many parts a text is billed as, and which characters make it dearer, each replaceable with one click. */
export function SegmentCounter({ text, onReplace }: { text: string; onReplace: (text: string) => void }) {
  const { readOnly } = useSurroundings();
  const fixed = withoutVariables(text);
  const { encoding, segments, unitsLeft, culprits } = segment(fixed);
  const filled = fixed === text ? '' : ', variables aside';
  return (
    <Stack gap={2}>
      <Text
        size="xs"
        c={segments > 1 ? undefined : 'dimmed'}
        style={{ fontVariantNumeric: 'tabular-nums' }}
        title={`Sent as ${encoding}`}
      >
        {segments === 1 ? '1 part' : `${segments} parts`} ·{' '}
        {unitsLeft === 1 ? '1 character left' : `${unitsLeft} characters left`}
        {filled}
      </Text>
      {culprits.length > 0 ? (
        <Culprits
          culprits={culprits}
          onReplace={
            readOnly
              ? null
              : (one) =>
                  onReplace(one === null ? plain(text) : text.replaceAll(one.char, one.suggestion ?? ''))
          }
        />
      ) : null}
    </Stack>
  );
}

/** Names each character once, with what could stand there instead; those without a stand-in are only named, and not at all where the language is written with them. */
function Culprits({
  culprits,
  onReplace,
}: {
  culprits: readonly Culprit[];
  onReplace: ((one: Culprit | null) => void) | null;
}) {
  const distinct = [...new Map(culprits.map((one) => [one.char, one])).values()];
  const replaceable = distinct.filter((one) => one.suggestion !== null);
  if (distinct.length - replaceable.length > SHOWN) {
    return (
      <Text size="xs" c="dimmed">
        A part holds 70 of these letters, instead of 160 Latin ones.
      </Text>
    );
  }
  return (
    <Text size="xs" c="var(--tl-warn)" component="div">
      {distinct.length === 1 ? 'One character makes' : `${distinct.length} characters make`} every part
      shorter: 70 characters instead of 160.{' '}
      {distinct.slice(0, SHOWN).map((one) => (
        <Fragment key={one.char}>
          <Replacement culprit={one} onReplace={onReplace && (() => onReplace(one))} />{' '}
        </Fragment>
      ))}
      {replaceable.length > 1 && onReplace ? (
        <Anchor component="button" type="button" size="xs" fw={600} onClick={() => onReplace(null)}>
          Replace all {replaceable.length}
        </Anchor>
      ) : null}
    </Text>
  );
}

const SHOWN = 8;

function Replacement({ culprit, onReplace }: { culprit: Culprit; onReplace: (() => void) | null }) {
  const { char, suggestion } = culprit;
  if (suggestion === null || !onReplace) return <span className={classes.culprit}>{visible(char)}</span>;
  const words =
    suggestion === '' ? `Remove ${nameOf(char)}` : `Replace ${nameOf(char)} with ${nameOf(suggestion)}`;
  return (
    <button type="button" className={classes.culprit} aria-label={words} title={words} onClick={onReplace}>
      {visible(char)} → {suggestion === '' ? '∅' : visible(suggestion)}
    </button>
  );
}

/** Every replaceable character replaced, variables left as they are written. */
function plain(text: string): string {
  const fixed = splitTemplate(text);
  return fixed.every((piece) => piece.kind === 'words')
    ? withSuggestions(text)
    : text.replace(/\{\{.*?\}\}|[^{]+|\{/gs, (piece) =>
        piece.startsWith('{{') ? piece : withSuggestions(piece),
      );
}

const visible = (char: string): string => (char.trim() === '' ? '␣' : char);
const nameOf = (char: string): string => (char.trim() === '' ? 'a space' : char);
