import { gsm7Cost, isGsm7 } from './gsm7.ts';
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
  const encoding: Encoding = isGsm7(text) ? 'GSM-7' : 'UCS-2';
  const { single, multi } = CAPACITY[encoding];
  const units = unitsOf(text, encoding);
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
  let septets = 0;
  let extended = false;
  for (let i = 0; i < text.length; i++) {
    const cost = gsm7Cost(text.charCodeAt(i));
    if (cost === 0) return ucs2Count(text);
    if (cost === 2) extended = true;
    septets += cost;
  }
  const { single, multi } = CAPACITY['GSM-7'];
  if (septets <= single) return 1;
  return extended ? cut(text, 'GSM-7', multi).length : Math.ceil(septets / multi);
}

/** The text with every character that has a GSM-7 stand-in replaced by it; emoji and other scripts stay. */
export function withSuggestions(text: string): string {
  let plain = '';
  for (const char of text) plain += isGsm7(char) ? char : (suggestGsm7(char) ?? char);
  return plain;
}

function ucs2Count(text: string): number {
  const { single, multi } = CAPACITY['UCS-2'];
  return text.length <= single ? 1 : cut(text, 'UCS-2', multi).length;
}

function unitsOf(text: string, encoding: Encoding): number {
  if (encoding === 'UCS-2') return text.length;
  let septets = 0;
  for (let i = 0; i < text.length; i++) septets += gsm7Cost(text.charCodeAt(i));
  return septets;
}

function cut(text: string, encoding: Encoding, capacity: number): string[] {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let used = 0;
  for (const char of text) {
    const cost = unitsOf(char, encoding);
    if (used + cost > capacity) {
      parts.push(text.slice(start, at));
      start = at;
      used = 0;
    }
    used += cost;
    at += char.length;
  }
  parts.push(text.slice(start));
  return parts;
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
