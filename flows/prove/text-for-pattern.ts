import { readPattern } from '#shared/sms/pattern.ts';
import { normalise } from '#shared/sms/text.ts';

/** A short text that an author's regular expression finds something in, if possible one that is `wanted`; null where none was thought of. */
export function textFor(source: string, wanted: (text: string) => boolean = () => true): string | null {
  const pattern = readPattern(source);
  if ('problem' in pattern) return null;
  const fits = (text: string): boolean => normalise(text) !== '' && pattern.find(normalise(text)) !== null;
  const fitting = [...new Spelling(source).texts(), ...GUESSES].filter(fits);
  return fitting.find(wanted) ?? fitting[0] ?? null;
}

/** For what is not spelt out, such as a class of letters of one script. */
const GUESSES = ['A1', 'blue', '12345', 'What is this?', 'Ärger', '👍'];
/** One of these is in nearly every class of characters. */
const CHARACTERS = ['a', '1', 'z', '7', ' ', '-', '.', 'é'];
const ESCAPES: Readonly<Record<string, string>> = { d: '1', w: 'a', s: ' ', D: 'a', W: '-', S: 'a', t: '\t' };
const NOTHING = 'bBAzQE';

/** Reads a regular expression (RE2) as far as it takes to spell texts that fit. Whether they do is for the pattern to say. */
class Spelling {
  private at = 0;

  constructor(private readonly source: string) {}

  texts(): string[] {
    return this.choices();
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private take(): string {
    return this.source.charAt(this.at++);
  }

  /** What stands between bars: any of these. */
  private choices(): string[] {
    const found = this.sequence();
    while (this.peek() === '|') {
      this.at++;
      found.push(...this.sequence());
    }
    return found.slice(0, MANY);
  }

  private sequence(): string[] {
    let found = [''];
    while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') {
      const pieces = this.repeated(this.piece());
      found = found.flatMap((before) => pieces.map((piece) => before + piece)).slice(0, MANY);
    }
    return found;
  }

  private piece(): string[] {
    const first = this.take();
    switch (first) {
      case '(': {
        this.source.slice(this.at).replace(/^\?(?:P?<\w+>|[a-zA-Z-]*:|[a-zA-Z-]+(?=\)))/, (flags) => {
          this.at += flags.length;
          return '';
        });
        const inside = this.choices();
        this.at++;
        return inside;
      }
      case '[':
        return this.oneOfClass();
      case '\\':
        return [this.escaped()];
      case '.':
        return ['a'];
      case '^':
      case '$':
        return [''];
      default:
        return [first];
    }
  }

  private escaped(): string {
    const letter = this.take();
    if (NOTHING.includes(letter)) return '';
    if (letter !== 'p' && letter !== 'P') return ESCAPES[letter] ?? letter;
    if (this.take() === '{') while (this.at < this.source.length && this.take() !== '}');
    return letter === 'p' ? 'a' : '-';
  }

  /** A class is left to the engine that reads it: the first ordinary character that is in it. */
  private oneOfClass(): string[] {
    const begin = this.at - 1;
    if (this.peek() === '^') this.at++;
    if (this.peek() === ']') this.at++;
    while (this.at < this.source.length && this.peek() !== ']') {
      if (this.peek() === '\\') this.at++;
      this.at += this.source.startsWith('[:', this.at) ? this.source.indexOf(':]', this.at) - this.at + 2 : 1;
    }
    this.at++;
    const source = this.source.slice(begin, this.at);
    const pattern = readPattern(source);
    const named = [...source].filter((one) => /[\p{L}\p{N}]/u.test(one));
    const fitting = [...CHARACTERS, ...named].find((one) => 'find' in pattern && pattern.find(one) !== null);
    return [fitting ?? ''];
  }

  private repeated(pieces: string[]): string[] {
    const [all, sign, least] = /^(?:([*+?])|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.at)) ?? [];
    if (all === undefined) return pieces;
    this.at += all.length;
    if (sign === '*' || sign === '?') return ['', ...pieces];
    return sign === '+' ? pieces : pieces.map((piece) => piece.repeat(Number(least)));
  }
}

/** Texts that are tried at the most. */
const MANY = 64;
