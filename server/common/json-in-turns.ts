import { Turn } from './turn.ts';

/** How much of a list is parsed at a stretch, in characters. */
const PIECE = 32_768;
/** How many characters are scanned between two looks at the clock. */
const STEPS = 4_096;

/** A stretch of a list in the text, and how many elements it holds. */
interface Piece {
  from: number;
  to: number;
  count: number;
}

/**
 * Parses JSON as `parse` does, at a stretch only where there is nothing to be cut: the lists of an object, one level down, are parsed piece
 * by piece. What is no JSON is refused by `parse` itself.
 */
export async function jsonInTurns(text: string, parse: (json: string) => unknown): Promise<unknown> {
  const turn = new Turn();
  const cut = await cutLists(text, turn);
  if (!cut) return parse(text);
  const whole = parse(cut.rest);
  if (typeof whole !== 'object' || whole === null) return parse(text);
  for (const [key, place] of Object.entries(whole)) {
    if (!Array.isArray(place)) continue;
    const list: unknown[] = [];
    for (const { from, to, count } of cut.lists[Number(place[0])] ?? []) {
      const some = parse(`[${text.slice(from, to)}]`);
      if (!Array.isArray(some) || some.length !== count) return parse(text);
      for (const one of some) list.push(one);
      if (turn.isOver) await turn.next();
    }
    Reflect.set(whole, key, list);
  }
  return whole;
}

/** The text with the number of each list in its place, `{"rows":[0]}`, and the pieces of each; null where it is no object or no JSON. */
async function cutLists(text: string, turn: Turn): Promise<{ rest: string; lists: Piece[][] } | null> {
  if (!/^\s*\{/.test(text)) return null;
  const lists: Piece[][] = [];
  let rest = '';
  let copied = 0;
  let depth = 0;
  let list: ListCut | null = null;
  for (let at = 0, steps = 0; at < text.length; at++, steps++) {
    if (steps % STEPS === 0 && turn.isOver) await turn.next();
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        if (at < 0) return null;
        break;
      case '{':
      case '[':
        if (++depth === 2 && text[at] === '[') {
          rest += text.slice(copied, at);
          list = new ListCut(at + 1);
        }
        break;
      case ',':
        if (depth === 2) list?.elementEnds(at);
        break;
      case '}':
      case ']':
        if (depth === 2 && list) {
          if (text[at] !== ']') return null;
          rest += `[${lists.push(list.end(text, at)) - 1}]`;
          copied = at + 1;
          list = null;
        }
        depth--;
        break;
      default:
    }
  }
  return depth === 0 && list === null ? { rest: rest + text.slice(copied), lists } : null;
}

/** Cuts one list into pieces between its elements. */
class ListCut {
  private readonly pieces: Piece[] = [];
  private count = 0;

  constructor(private from: number) {}

  elementEnds(at: number): void {
    this.count++;
    if (at - this.from < PIECE) return;
    this.pieces.push({ from: this.from, to: at, count: this.count });
    this.from = at + 1;
    this.count = 0;
  }

  end(text: string, at: number): Piece[] {
    const isEmpty = this.pieces.length === 0 && this.count === 0 && text.slice(this.from, at).trim() === '';
    if (!isEmpty) this.pieces.push({ from: this.from, to: at, count: this.count + 1 });
    return this.pieces;
  }
}

/** Where the string ends that begins there; -1 where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
