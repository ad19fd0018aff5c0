/**
 * An entry of a PO file, the format of GNU gettext that tools of translators read and write. `context` tells entries with the
 * same source apart. `fuzzy`: the translation is a guess, to be looked at by a person.
 */
export interface PoEntry {
  context: string;
  source: string;
  translation: string;
  /** For the translator; one line each. */
  comments?: readonly string[];
  fuzzy?: boolean;
}

export interface PoFile {
  /** "Language", "Project-Id-Version" … */
  headers: Readonly<Record<string, string>>;
  entries: PoEntry[];
}

/** Writes a PO file. */
export function printPo({ headers, entries }: PoFile): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}\n`);
  const blocks = [
    ['msgid ""', `msgstr ${quoted(head.join(''))}`],
    ...entries.map(({ context, source, translation, comments = [], fuzzy = false }) => [
      ...comments.map((comment) => `#. ${oneLine(comment)}`),
      ...(fuzzy ? ['#, fuzzy'] : []),
      `msgctxt ${quoted(context)}`,
      `msgid ${quoted(source)}`,
      `msgstr ${quoted(translation)}`,
    ]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Reads a PO file, or says in which line it stopped making sense. Forms for several numbers are taken from the first. */
export function readPo(text: string): PoFile | { problem: string } {
  const reading: Reading = { entries: [], entry: {}, open: null };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [at, line] of lines.entries()) {
    if (!readLine(line.trim(), reading)) return { problem: `Line ${at + 1} is not as in a PO file.` };
  }
  finish(reading);
  const [head] = reading.entries.filter(({ source, context }) => source === '' && context === '');
  return {
    headers: headersOf(head?.translation ?? ''),
    entries: reading.entries.filter((entry) => entry !== head),
  };
}

type Keyword = 'msgctxt' | 'msgid' | 'msgstr' | 'other';

/** The entry that is being read, and the string that the next line may go on with. */
interface Reading {
  entries: PoEntry[];
  entry: Partial<Record<Keyword, string>> & { fuzzy?: boolean; comments?: string[] };
  open: Keyword | null;
}

const LINE = /^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?"((?:[^"\\]|\\.)*)"$/s;

function readLine(line: string, reading: Reading): boolean {
  if (line === '') {
    finish(reading);
    return true;
  }
  if (line.startsWith('#')) {
    readComment(line, reading);
    return true;
  }
  const [, name, string] = LINE.exec(line) ?? [];
  if (string === undefined) return false;
  if (name !== undefined) {
    if (startsEntry(name, reading.entry)) finish(reading);
    reading.open = keywordOf(name);
  }
  if (reading.open === null) return false;
  reading.entry[reading.open] = (reading.entry[reading.open] ?? '') + unescaped(string);
  return true;
}

/** What begins an entry, once the one before has its translation. */
const startsEntry = (name: string, { msgstr }: Reading['entry']): boolean =>
  (name === 'msgctxt' || name === 'msgid') && msgstr !== undefined;

function keywordOf(name: string): Keyword {
  if (name === 'msgctxt' || name === 'msgid') return name;
  return name === 'msgstr' || name === 'msgstr[0]' ? 'msgstr' : 'other';
}

/** Comments stand before their entry; `#~` marks what is no longer in use. */
function readComment(line: string, reading: Reading): void {
  if (line.startsWith('#~')) return;
  if (reading.entry.msgstr !== undefined) finish(reading);
  const { entry } = reading;
  if (line.startsWith('#,') && /\bfuzzy\b/.test(line)) entry.fuzzy = true;
  if (line.startsWith('#.')) entry.comments = [...(entry.comments ?? []), line.slice(2).trim()];
}

function finish(reading: Reading): void {
  const { msgctxt = '', msgid, msgstr = '', fuzzy, comments } = reading.entry;
  if (msgid !== undefined) {
    reading.entries.push({
      context: msgctxt,
      source: msgid,
      translation: msgstr,
      ...(comments ? { comments } : {}),
      ...(fuzzy ? { fuzzy } : {}),
    });
  }
  reading.entry = {};
  reading.open = null;
}

const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? '']];
    }),
  );

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' };

const ESCAPED = new Map(Object.entries(ESCAPES).map(([name, character]) => [character, `\\${name}`]));

/** A string over as many lines as its text has, the first of them empty where there are several. */
function quoted(text: string): string {
  const lines = text.split(/(?<=\n)/);
  const strings = lines.map((line) => `"${escaped(line)}"`);
  return strings.length > 1 ? ['""', ...strings].join('\n') : (strings[0] ?? '""');
}

const escaped = (text: string): string =>
  text.replace(/["\\]/g, '\\$&').replace(/[\n\t\r\v\f]/g, (character) => ESCAPED.get(character) ?? character);

const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
