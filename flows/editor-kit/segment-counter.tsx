import { Anchor, Stack, Text } from '@mantine/core';
import { type Culprit, segment, withSuggestions } from '#shared/sms/segments.ts';
import { useSurroundings } from './surroundings.tsx';
import { splitTemplate, withoutVariables } from './split-template.ts';

/** How many parts a text is billed as, and which characters make it dearer, each replaceable with one click. */
export function SegmentCounter({ text, onReplace }: { text: string; onReplace: (text: string) => void }) {
  const { readOnly } = useSurroundings();
  const fixed = withoutVariables(text);
  const { encoding, segments, unitsLeft, culprits } = segment(fixed);
  const filled = fixed === text ? '' : ', before variables';
  return (
    <Stack gap={2}>
      <Text size="xs" c={segments > 1 ? undefined : 'dimmed'} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {segments === 1 ? '1 part' : `${segments} parts`} · {unitsLeft} characters left · {encoding}
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

/** Names each character once, the first three of them; the rest go with "replace all". */
function Culprits({
  culprits,
  onReplace,
}: {
  culprits: readonly Culprit[];
  onReplace: ((one: Culprit | null) => void) | null;
}) {
  const distinct = [...new Map(culprits.map((one) => [one.char, one])).values()];
  const replaceable = distinct.filter((one) => one.suggestion !== null);
  return (
    <>
      {distinct.slice(0, 3).map((one) => (
        <Text size="xs" key={one.char} c="var(--tl-warn)">
          “{visible(one.char)}” makes every part shorter (70 characters instead of 160).{' '}
          {one.suggestion !== null && onReplace ? (
            <Anchor component="button" type="button" size="xs" onClick={() => onReplace(one)}>
              {one.suggestion === '' ? 'Remove it' : `Use ${visible(one.suggestion)} instead`}
            </Anchor>
          ) : null}
        </Text>
      ))}
      {distinct.length > 3 ? (
        <Text size="xs" c="dimmed">
          and {distinct.length - 3} more
        </Text>
      ) : null}
      {replaceable.length > 1 && onReplace ? (
        <Anchor component="button" type="button" size="xs" ta="start" onClick={() => onReplace(null)}>
          Replace all {replaceable.length}
        </Anchor>
      ) : null}
    </>
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

const visible = (char: string): string => (char.trim() === '' ? 'space' : char);
