import { segment } from '#shared/sms/segments.ts';
import { counted } from '../../lib/format/number.ts';

/** How long a text is: "2 parts, GSM-7, 201 of 306 characters". */
export function sizeWords(text: string): string {
  const { segments, encoding, units, unitsPerSegment } = segment(text);
  return `${counted(segments, 'part')}, ${encoding}, ${units} of ${segments * unitsPerSegment} characters`;
}

/** Why a text is dear, where single characters make it so, and what would be without them; null where they do not. */
export function dearWords(text: string): string | null {
  const { encoding, segments, culprits } = segment(text);
  if (encoding === 'GSM-7') return null;
  const chars = [...new Map(culprits.map((one) => [one.char, one])).values()];
  const [first] = chars;
  if (!first || chars.length > MOST)
    return 'Its letters are sent as UCS-2: 70 characters a part instead of 160.';
  const which = chars.map(({ char }) => `“${char}”`).join(', ');
  const verb = chars.length === 1 ? 'makes' : 'make';
  const without = segment(plain(text)).segments;
  const cheaper =
    without < segments ? ` Without ${chars.length === 1 ? 'it' : 'them'}: ${counted(without, 'part')}.` : '';
  return `${which} ${verb} it UCS-2: 70 characters a part instead of 160.${cheaper}`;
}

/** A text of more such characters than these is written in another script. */
const MOST = 3;

/** The text without what makes it UCS-2, or with what can stand in its place. */
const plain = (text: string): string =>
  segment(text).culprits.reduceRight(
    (rest, { char, index, suggestion }) =>
      rest.slice(0, index) + (suggestion ?? '') + rest.slice(index + char.length),
    text,
  );
