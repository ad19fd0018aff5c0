import { gsm7Cost, gsm7Length, isGsm7 } from './gsm7.ts';
import { suggestGsm7 } from './gsm7-suggestions.ts';

export type Encoding = 'GSM-7' | 'UCS-2';

/** A character that makes the whole message UCS-2, where it stands (UTF-16 index), and what could stand there instead. */
export interface Culprit {
  readonly char: string;
  readonly index: number;
  readonly suggestion: string | null;
}

/** How a text is cut into segments. A unit is a septet in GSM-7 and a UTF-16 code unit in UCS-2. */
export interface Segmentation {
  readonly encoding: Encoding;
  readonly segments: number;
  readonly units: number;
  readonly unitsPerSegment: number;
  /** Units still free in the last segment. */
  readonly unitsLeft: number;
  readonly parts: string[];
  readonly culprits: Culprit[];
}

// 140 octets hold 160 septets or 70 units; the header that joins parts takes 6 of them [3GPP TS 23.040 §9.2.3.24.1].
const CAPACITY = { 'GSM-7': { single: 160, multi: 153 }, 'UCS-2': { single: 70, multi: 67 } } as const;

/**
 * Cuts a text into the segments it is billed and sent as. A character of two units is never split over two segments: the
 * last unit of the first one stays empty. The parts joined are the text; an empty text is one empty segment.
 */
export function segment(text: string): Segmentation {
  const septets = gsm7Length(text);
  const encoding: Encoding = septets === null ? 'UCS-2' : 'GSM-7';
  const units = septets ?? text.length;
  const { single, multi } = CAPACITY[encoding];
  const fitsOne = units <= single;
  const parts = fitsOne ? [text] : cut(text, encoding, multi);
  const unitsPerSegment = fitsOne ? single : multi;
  return {
    encoding,
    segments: parts.length,
    units,
    unitsPerSegment,
    unitsLeft: unitsPerSegment - unitsOf(parts.at(-1) ?? '', encoding),
    parts,
    culprits: encoding === 'GSM-7' ? [] : culpritsOf(text),
  };
}

/** How many segments a text takes: `segment(text).segments` without cutting it. */
export function segmentCount(text: string): number {
  const septets = gsm7Length(text);
  const encoding: Encoding = septets === null ? 'UCS-2' : 'GSM-7';
  const { single, multi } = CAPACITY[encoding];
  if ((septets ?? text.length) <= single) return 1;
  let count = 0;
  for (let start = 0; start < text.length; start = partEnd(text, start, encoding, multi)) count++;
  return count;
}

/** The text with every character that has a GSM-7 stand-in replaced by it; emoji and other scripts stay. */
export function withSuggestions(text: string): string {
  let plain = '';
  for (const char of text) plain += isGsm7(char) ? char : (suggestGsm7(char) ?? char);
  return plain;
}

function unitsOf(part: string, encoding: Encoding): number {
  return encoding === 'UCS-2' ? part.length : (gsm7Length(part) ?? 0);
}

function cut(text: string, encoding: Encoding, capacity: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = partEnd(text, start, encoding, capacity);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

// Where the part that begins at `start` ends.
function partEnd(text: string, start: number, encoding: Encoding, capacity: number): number {
  if (encoding === 'UCS-2') {
    const end = start + capacity;
    return splitsPair(text, end) ? end - 1 : Math.min(end, text.length);
  }
  let used = 0;
  let at = start;
  for (; at < text.length; at++) {
    used += gsm7Cost(text.charCodeAt(at));
    if (used > capacity) break;
  }
  return at;
}

function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function culpritsOf(text: string): Culprit[] {
  const culprits: Culprit[] = [];
  let index = 0;
  for (const char of text) {
    if (!isGsm7(char)) culprits.push({ char, index, suggestion: suggestGsm7(char) });
    index += char.length;
  }
  return culprits;
}
