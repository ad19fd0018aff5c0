/**
 * The MD5 digest of bytes, as a number of 128 bits, the first byte being the highest [RFC 1321]. It only mixes the key of a draw; nothing
 * is kept secret or unforgeable by it. Pure, so that server, browser and command line draw alike.
 */
export function md5(bytes: Uint8Array): bigint {
  const words = padded(bytes);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) mix(state, words.subarray(block, block + 16));
  return state.reduce((digest, word) => (digest << 32n) | BigInt(swapped(word)), 0n);
}

function mix(state: Uint32Array, block: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const mixed = (a + blend(round, b, c, d) + at(SINES, step) + at(block, wordAt(round, step))) | 0;
    const by = TURNS[round]?.[step % 4] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((mixed << by) | (mixed >>> (32 - by)))) | 0;
  }
  [a, b, c, d].forEach((word, i) => {
    state[i] = at(state, i) + word;
  });
}

function blend(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

function wordAt(round: number, step: number): number {
  if (round === 0) return step;
  if (round === 1) return (5 * step + 1) % 16;
  return (round === 2 ? 3 * step + 5 : 7 * step) % 16;
}

/** The bytes as little-endian words, with a 1 bit, zeros and the length in bits behind them, a multiple of 16 words. */
function padded(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) * 16);
  const put = (byte: number, i: number) => {
    words[i >> 2] = at(words, i >> 2) | (byte << ((i % 4) * 8));
  };
  bytes.forEach(put);
  put(0x80, bytes.length);
  words[words.length - 2] = bytes.length << 3;
  words[words.length - 1] = Math.floor(bytes.length / 2 ** 29);
  return words;
}

const at = (words: Uint32Array, i: number): number => words[i] ?? 0;

/** The word with its bytes the other way round. */
const swapped = (word: number): number =>
  ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;

const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
