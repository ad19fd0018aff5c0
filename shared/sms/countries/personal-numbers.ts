import type { Country } from '../calling-codes.ts';

/** A number that a state or a health service gave one person, as people write it. Data, so that a change of law is a change of data. */
export interface PersonalNumber {
  readonly country: Country;
  readonly name: string;
  /** Every place in a text where one may stand; it has at least six digits in a row, but for signs between them. */
  readonly pattern: RegExp;
  /** What the digits have to be besides, as a check digit says. */
  readonly holds?: (digits: string) => boolean;
  /** A word that has to stand in the text as well, where the shape alone says too little. */
  readonly beside?: RegExp;
  readonly source: string;
  /** The day on which the source was last read (ISO 8601). */
  readonly asOf: string;
  /** From memory, not read in the source: confirm before relying on it. */
  readonly recalled?: true;
}

/** The numbers that are recognised for certain. One whose shape is also that of a phone or an order number is left out, or needs a word. */
export const PERSONAL_NUMBERS: readonly PersonalNumber[] = [
  {
    country: 'US',
    name: 'Social Security number',
    pattern: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g,
    source: 'https://www.ssa.gov/employer/randomization.html',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'GB',
    name: 'National Insurance number',
    pattern:
      /(?<![A-Z\d])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z\d])/gi,
    source: 'https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'GB',
    name: 'NHS number',
    pattern: /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g,
    holds: isNhsNumber,
    beside: /\bnhs\b/i,
    source: 'https://www.datadictionary.nhs.uk/attributes/nhs_number.html',
    asOf: '2026-11-22',
    recalled: true,
  },
  {
    country: 'FR',
    name: 'Numéro de sécurité sociale',
    pattern: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    holds: (digits) => 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13)),
    source: 'https://www.service-public.fr/particuliers/vosdroits/F33078',
    asOf: '2026-11-22',
    recalled: true,
  },
];

/** The last digit checks the nine before it, weighted 10 to 2, modulo 11. */
function isNhsNumber(digits: string): boolean {
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]);
}
