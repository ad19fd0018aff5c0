import type { Operation } from '../definition/operation.ts';
import type { ParsedFlow } from '../definition/parse.ts';
import { LIMITS } from '../definition/schema.ts';
import { printPo, readPo } from './po.ts';
import { translationOf, type Unit, unitsOf } from './units.ts';

const keyOf = ({ node, field }: Pick<Unit, 'node' | 'field'>): string => `${node}.${field}`;

/** A flow's texts and words for a translator into one of its languages, as a PO file. */
export function toPo(flow: ParsedFlow, language: string): string {
  const { name, languages } = flow.definition;
  return printPo({
    headers: {
      'Project-Id-Version': name,
      Language: language.replace('-', '_'),
      'X-Source-Language': languages[0] ?? 'en',
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=UTF-8',
      'Content-Transfer-Encoding': '8bit',
    },
    entries: unitsOf(flow).map((unit) => ({
      context: keyOf(unit),
      source: unit.base,
      translation: translationOf(unit, language, flow) ?? '',
      comments: [unit.about],
    })),
  });
}

/** What a PO file brings to a flow. */
export interface Import {
  language: string;
  /** One for each translation that is new or another than before. */
  operations: Operation[];
  /** Entries whose source has changed since the file was made, so that the translation may be wrong. */
  outdated: Unit[];
  /** Entries that are marked as guesses, too long, or of steps that are gone, by their context. */
  leftOut: string[];
}

/**
 * Reads a translator's PO file into operations, or says why it cannot. Empty translations change nothing. `language` counts
 * where the file names none.
 */
export function fromPo(text: string, flow: ParsedFlow, language?: string): Import | { problem: string } {
  const file = readPo(text);
  if ('problem' in file) return file;
  const named = file.headers.Language?.replace('_', '-') || language;
  const [base, ...others] = flow.definition.languages;
  const into =
    others.find((one) => one === named) ?? others.find((one) => one === named?.split('-')[0]) ?? named;
  if (into === undefined) return { problem: 'The file does not say its language.' };
  if (into === base)
    return { problem: `The flow is written in ${into}; translations are into other languages.` };
  if (!others.includes(into))
    return { problem: `The flow does not speak ${into}. Add it to its languages first.` };
  const units = new Map(unitsOf(flow).map((unit) => [keyOf(unit), unit]));
  const found: Import = { language: into, operations: [], outdated: [], leftOut: [] };
  for (const { context, source, translation, fuzzy } of file.entries) {
    const unit = units.get(context);
    if (translation.trim() === '') continue;
    if (!unit || fuzzy || translation.length > LIMITS.text) found.leftOut.push(context);
    else if (source !== unit.base) found.outdated.push(unit);
    else if (translation.trim() !== translationOf(unit, into, flow)) {
      const { node, field } = unit;
      found.operations.push({ do: 'translate', language: into, node, field, text: translation });
    }
  }
  return found;
}
