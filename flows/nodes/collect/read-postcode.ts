/** How postcodes of a country look once spaces and dashes are gone, and how they are written. */
interface Postcode {
  pattern: RegExp;
  write: (compact: string) => string;
  example: string;
}

const digits = (count: number, example: string): Postcode => ({
  pattern: new RegExp(`^\\d{${count}}$`),
  write: (compact) => compact,
  example,
});

/** Sources: UPU, S42 templates; Royal Mail, PAF programmer's guide; Canada Post, addressing guidelines. */
const POSTCODES = {
  US: {
    pattern: /^\d{5}(?:\d{4})?$/,
    write: (compact) => (compact.length > 5 ? `${compact.slice(0, 5)}-${compact.slice(5)}` : compact),
    example: '10001',
  },
  GB: {
    pattern: /^(?:GIR0AA|[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?)\d[ABD-HJLNP-UW-Z]{2})$/,
    write: (compact) => `${compact.slice(0, -3)} ${compact.slice(-3)}`,
    example: 'SW1A 1AA',
  },
  CA: {
    pattern: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/,
    write: (compact) => `${compact.slice(0, 3)} ${compact.slice(3)}`,
    example: 'K1A 0B1',
  },
  IE: {
    pattern: /^(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}$/,
    write: (compact) => `${compact.slice(0, 3)} ${compact.slice(3)}`,
    example: 'D02 X285',
  },
  NL: {
    pattern: /^[1-9]\d{3}[A-Z]{2}$/,
    write: (compact) => `${compact.slice(0, 4)} ${compact.slice(4)}`,
    example: '1012 JS',
  },
  FR: digits(5, '75001'),
  DE: digits(5, '10115'),
  ES: digits(5, '28001'),
  IT: digits(5, '00118'),
  AT: digits(4, '1010'),
  CH: digits(4, '8001'),
  BE: digits(4, '1000'),
  AU: digits(4, '2000'),
} satisfies Record<string, Postcode>;

export type PostcodeCountry = keyof typeof POSTCODES;
const TABLE: Readonly<Record<string, Postcode>> = POSTCODES;

/** The countries whose postcodes are known, ISO 3166 alpha-2. */
export const POSTCODE_COUNTRIES = [
  'US',
  'GB',
  'CA',
  'IE',
  'NL',
  'FR',
  'DE',
  'ES',
  'IT',
  'AT',
  'CH',
  'BE',
  'AU',
] as const satisfies readonly PostcodeCountry[];

/** Any country's: letters and digits, at least one digit, 3 to 10 of them. */
const ELSEWHERE: Postcode = {
  pattern: /^(?=.*\d)[A-Z0-9]{3,10}$/,
  write: (compact) => compact,
  example: '10001',
};

/** Never mistaken for a postcode's letters in what people say around it. */
const LONGEST_WORDS = 4;

/** The postcode a text gives, as its country writes it ("sw1a1aa" → SW1A 1AA), or null. */
export function readPostcode(text: string, country: string | null): string | null {
  const { pattern, write } = (country === null ? undefined : TABLE[country]) ?? ELSEWHERE;
  const words = text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,.;:!?]+/)
    .map((word) => word.replaceAll('-', ''))
    .filter((word) => word !== '');
  for (let length = Math.min(LONGEST_WORDS, words.length); length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const compact = words.slice(at, at + length).join('');
      if (pattern.test(compact)) return write(compact);
    }
  }
  return null;
}

/** A postcode of that country, for showing how one looks. */
export const postcodeExample = (country: string): string => (TABLE[country] ?? ELSEWHERE).example;
