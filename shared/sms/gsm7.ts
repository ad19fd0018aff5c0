/** The GSM 7-bit default alphabet in code order; position 0x1B is the escape [3GPP TS 23.038 §6.2.1]. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The characters reached through the escape, by the septet that follows it [3GPP TS 23.038 §6.2.1.1]. */
const EXTENSION: ReadonlyMap<number, string> = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]);

const ESCAPE = 0x1b;
const EXTENDED = 0x80;
const ABSENT = 0xff;

// Code unit → septet, with the high bit for "after an escape".
const SEPTET_OF = new Uint8Array(0x10000).fill(ABSENT);
for (let septet = 0; septet < BASIC.length; septet++) {
  if (septet !== ESCAPE) SEPTET_OF[BASIC.charCodeAt(septet)] = septet;
}
for (const [septet, char] of EXTENSION) SEPTET_OF[char.charCodeAt(0)] = septet | EXTENDED;

/** Septets a UTF-16 code unit costs in GSM-7: 1, 2 for an extension character, 0 when the alphabet lacks it. */
export function gsm7Cost(codeUnit: number): 0 | 1 | 2 {
  const septet = SEPTET_OF[codeUnit] ?? ABSENT;
  if (septet === ABSENT) return 0;
  return septet < EXTENDED ? 1 : 2;
}

/** Septets a text takes in GSM-7, or null when it has a character outside the alphabet. */
export function gsm7Length(text: string): number | null {
  let septets = 0;
  for (let i = 0; i < text.length; i++) {
    const cost = gsm7Cost(text.charCodeAt(i));
    if (cost === 0) return null;
    septets += cost;
  }
  return septets;
}

/** Whether every character of the text is in the GSM-7 alphabet. */
export function isGsm7(text: string): boolean {
  return gsm7Length(text) !== null;
}

/** The septets of a text, one a byte (unpacked, as SMPP carries data_coding 0), or null when a character is missing. */
export function encodeGsm7(text: string): Uint8Array | null {
  const septets = new Uint8Array(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const septet = SEPTET_OF[text.charCodeAt(i)] ?? ABSENT;
    if (septet === ABSENT) return null;
    if (septet >= EXTENDED) septets[length++] = ESCAPE;
    septets[length++] = septet & 0x7f;
  }
  return septets.slice(0, length);
}

/** The text of unpacked septets; an unknown extension is shown as its basic character, as the standard asks of phones. */
export function decodeGsm7(septets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < septets.length; i++) {
    const septet = (septets[i] ?? 0) & 0x7f;
    const next = septets[i + 1];
    if (septet !== ESCAPE) {
      text += BASIC.charAt(septet);
    } else if (next !== undefined) {
      text += EXTENSION.get(next & 0x7f) ?? BASIC.charAt(next & 0x7f);
      i++;
    }
  }
  return text;
}
