/** Where something stands in a text: from its first unit to behind its last. */
export interface Span {
  from: number;
  to: number;
}

/** Digits as people write long numbers: in groups, with a space, dot or dash between, or two. What is left of a card begins none. */
const GROUPED = /(?<![\d+]|•[\s.-]{0,2})\d(?:[\s.-]{0,2}\d){13,}/g;

/** The payment cards in a text: a number of a network's range and length whose last digit is right [ISO/IEC 7812-1]. */
export function findCards(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(GROUPED)) {
    const places = [...run.matchAll(/\d/g)].map((digit) => digit.index);
    const digits = places.map((place) => run[place]).join('');
    let at = 0;
    while (at < digits.length) {
      const length = isGroupStart(run, places[at]) ? cardAt(run, { digits, places }, at) : 0;
      if (length > 0) {
        const [from = 0, last = 0] = [places[at], places[at + length - 1]];
        found.push({ from: index + from, to: index + last + 1 });
      }
      at += Math.max(1, length);
    }
  }
  return found;
}

const isDigit = (letter: string | undefined): boolean =>
  letter !== undefined && letter >= '0' && letter <= '9';
const isGroupStart = (run: string, at = 0): boolean => !isDigit(run[at - 1]);
const isGroupEnd = (run: string, at = 0): boolean => !isDigit(run[at + 1]);

/** The digits of a run, and where each stands in it. */
interface Digits {
  digits: string;
  places: readonly number[];
}

/** As many digits as tell a network. */
const HEAD = 6;

/** How many digits from here on are a card, the longest first; 0: none. */
function cardAt(run: string, { digits, places }: Digits, at: number): number {
  const head = digits.slice(at, at + HEAD);
  // A number is of one network at most, and nearly all are of none: a text may be nothing but digits.
  const network = NETWORKS.find(({ first }) => first.test(head));
  for (const length of network?.lengths ?? []) {
    const isThere = at + length <= digits.length && isGroupEnd(run, places[at + length - 1]);
    if (isThere && hasLuhn(digits, at, at + length)) return length;
  }
  return 0;
}

/** Ranges of first digits and lengths, the longest first, by network, as their own pages have them; 13 digits are long gone, and are phone numbers. */
const NETWORKS: readonly { first: RegExp; lengths: readonly number[] }[] = [
  { first: /^4/, lengths: [19, 16] },
  { first: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { first: /^3[47]/, lengths: [15] },
  { first: /^(?:30[0-5]|309|36|38|39)/, lengths: [19, 16, 14] },
  { first: /^35(?:2[89]|[3-8])/, lengths: [19, 16] },
  { first: /^(?:6011|64[4-9]|65)/, lengths: [19, 16] },
  { first: /^62/, lengths: [19, 18, 17, 16] },
  { first: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [19, 18, 17, 16] },
];

const ZERO = '0'.charCodeAt(0);

/** Whether the last of the digits between these places checks the others: every second from the right counts twice. */
function hasLuhn(digits: string, from: number, to: number): boolean {
  let sum = 0;
  for (let at = to - 1; at >= from; at--) {
    const digit = digits.charCodeAt(at) - ZERO;
    const counted = (to - at) % 2 === 1 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
