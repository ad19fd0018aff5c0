import { segment } from '#shared/sms/segments.ts';
import type { Variables } from '../engine/condition.ts';
import type { Scalar } from '../engine/effects.ts';
import type { Ground } from './ground.ts';

/** Segments at the least, as a rule, and at the most. */
export interface Range {
  min: number;
  likely: number;
  max: number;
}

/** How long a variable is, in letters. `plain`: it never has a letter outside the alphabet of SMS, which would double the price. */
export interface Bounds extends Range {
  plain?: boolean;
}

/** What one text costs in one language. */
export interface TextCost {
  node: string;
  field: string;
  language: string;
  segments: Range;
  /** Characters of the text itself that make a segment hold 70 letters instead of 160. */
  dear: string[];
}

/** What people write and what is kept of them: a word or two, with any letter. */
const ANY_WORDS: Bounds = { min: 1, likely: 10, max: 40 };
/** Outside the GSM alphabet. */
const DEAR_LETTER = 'ê';

/** Counts every text that is sent, filled in with nothing, with the least, with the likely and with the most. */
export function textCosts(ground: Ground, bounds: Readonly<Record<string, Bounds>>): TextCost[] {
  const { compiled, parsed, drawing } = ground;
  const known = { ...knownBounds(ground), ...bounds };
  return [...parsed.nodes.values()].flatMap((node) => {
    const sent = new Set(
      drawing.outlines
        .get(node.id)
        ?.requests.flatMap(({ request }) => (request.kind === 'send' ? [request.field] : [])),
    );
    return node.texts
      .filter(({ field }) => sent.has(field))
      .flatMap(({ field }) =>
        compiled.definition.languages.map((language): TextCost => {
          const template = compiled.text(node.id, field, language);
          const fill = (letters: (one: Bounds) => string | null) =>
            segment(template.render(filledIn(template.variables, known, ground, letters))).segments;
          const likely = fill((one) => 'x'.repeat(one.likely));
          const all = [
            likely,
            fill((one) => (one.min > 0 ? null : '')),
            fill((one) => 'x'.repeat(one.min)),
            fill((one) => (one.plain ? 'x' : DEAR_LETTER).repeat(one.max)),
          ];
          const { culprits } = segment(template.source);
          return {
            node: node.id,
            field,
            language,
            segments: { min: Math.min(...all), likely, max: Math.max(...all) },
            dear: [...new Set(culprits.map(({ char }) => char))],
          };
        }),
      );
  });
}

function filledIn(
  names: readonly string[],
  bounds: Readonly<Record<string, Bounds>>,
  { sender }: Ground,
  letters: (one: Bounds) => string | null,
): Variables {
  const spaces: Record<'contact' | 'answers' | 'run', Record<string, Scalar>> = {
    contact: {},
    answers: {},
    run: {},
  };
  for (const variable of names) {
    const [space, name = ''] = variable.split('.');
    if (space !== 'contact' && space !== 'answers' && space !== 'run') continue;
    spaces[space][name] = letters(bounds[variable] ?? ANY_WORDS);
  }
  return { ...spaces, program: { brand: sender.program.brand } };
}

/** What the flow itself tells about how long a variable can be. */
function knownBounds({ parsed, replies, compiled }: Ground): Record<string, Bounds> {
  const known: Record<string, Bounds> = { 'contact.phone': { min: 8, likely: 12, max: 16, plain: true } };
  const words = compiled.definition.triggers.flatMap((trigger) => trigger.words);
  known['run.keyword'] = rangeOf(words.map((word) => word.length));
  for (const node of parsed.nodes.values()) {
    const numbers = replies(node.id).filter(({ category }) => category !== 'other');
    if (numbers.length === 0 || numbers.some(({ value }) => typeof value !== 'number')) continue;
    for (const variable of node.sets) known[variable] = { min: 1, likely: 1, max: 2, plain: true };
  }
  return known;
}

function rangeOf(lengths: readonly number[]): Bounds {
  const min = Math.min(...lengths);
  const max = Math.max(...lengths);
  return { min, likely: lengths[0] ?? min, max, plain: true };
}
