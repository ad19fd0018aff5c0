/**
 * The PostgreSQL types that set-based statements are fed with. A timestamp is milliseconds since 1970, a json or jsonb its JSON
 * text.
 */
export type ColumnType = 'uuid' | 'text' | 'int4' | 'bool' | 'timestamptz' | 'json' | 'jsonb' | 'bytea';

export type ColumnValue = string | number | boolean | Uint8Array | null;

/** From pg_type.dat; fixed since the types exist. */
const OID: Record<ColumnType, number> = {
  bool: 16,
  bytea: 17,
  int4: 23,
  text: 25,
  json: 114,
  timestamptz: 1184,
  uuid: 2950,
  jsonb: 3802,
};

/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const HEADER = 20;
/** Strings up to this length are tried as ASCII first, which is faster than a call out of JavaScript. */
const SHORT = 40;

/** Where a column is put together; it grows to the longest so far and is copied from. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * One column of a batch as a one-dimensional array in PostgreSQL's binary format (array_send in arrayfuncs.c): node-postgres
 * sends a Buffer as a binary parameter, which spares both sides the escaping and parsing of array literals.
 */
export function binaryArray(type: ColumnType, values: readonly ColumnValue[]): Buffer {
  return columnOf(type, values, itself);
}

/** One column of rows as {@link binaryArray} makes it. */
export function columnOf<Row>(
  type: ColumnType,
  rows: readonly Row[],
  value: (row: Row) => ColumnValue,
): Buffer {
  let hasNull = 0;
  let at = HEADER;
  let lastUuid: ColumnValue = null;
  let lastUuidAt = 0;
  for (const row of rows) {
    const one = value(row);
    const start = at + 4;
    if (one === null) {
      hasNull = 1;
      reserve(start);
      scratch.writeInt32BE(-1, at);
      at = start;
    } else if (type === 'uuid' && one === lastUuid) {
      // Workspaces, senders and flows come again and again.
      reserve(start + 16);
      scratch.copyWithin(at, lastUuidAt, lastUuidAt + 20);
      at = start + 16;
    } else {
      const end = write(type, one, start);
      scratch.writeInt32BE(end - start, at);
      lastUuid = one;
      lastUuidAt = at;
      at = end;
    }
  }
  scratch.writeInt32BE(1, 0);
  scratch.writeInt32BE(hasNull, 4);
  scratch.writeUInt32BE(OID[type], 8);
  scratch.writeInt32BE(rows.length, 12);
  scratch.writeInt32BE(1, 16);
  return Buffer.from(scratch.subarray(0, at));
}

const itself = (value: ColumnValue): ColumnValue => value;

/** Makes room up to this place, keeping what is written. */
function reserve(end: number): void {
  if (end <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(end)));
  scratch.copy(larger);
  scratch = larger;
}

/** Writes one value into the scratch and returns where it ends. */
function write(type: ColumnType, value: Exclude<ColumnValue, null>, at: number): number {
  switch (type) {
    case 'uuid':
      return writeUuid(String(value), at);
    case 'int4':
      reserve(at + 4);
      return scratch.writeInt32BE(Number(value), at);
    case 'bool':
      reserve(at + 1);
      return scratch.writeUInt8(value ? 1 : 0, at);
    case 'timestamptz':
      return writeMicroseconds((Number(value) - EPOCH_2000_MS) * 1_000, at);
    case 'text':
    case 'json':
      return writeText(String(value), at);
    case 'jsonb':
      reserve(at + 1);
      return writeText(String(value), scratch.writeUInt8(1, at));
    case 'bytea':
      return writeBytes(value instanceof Uint8Array ? value : new Uint8Array(), at);
  }
}

function writeText(text: string, at: number): number {
  // UTF-8 takes at most three bytes for each of the UTF-16 units.
  reserve(at + 3 * text.length);
  if (text.length > SHORT) return at + scratch.write(text, at);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return at + scratch.write(text, at);
    scratch[at + i] = code;
  }
  return at + text.length;
}

function writeBytes(bytes: Uint8Array, at: number): number {
  reserve(at + bytes.length);
  scratch.set(bytes, at);
  return at + bytes.length;
}

/** The value of each hexadecimal digit by its character code; 0x80 for what is none. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 0x80 : digit;
});
/** Where the two digits of each byte stand in the 36 characters of a UUID. */
const PLACES = Uint8Array.from([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]);

function writeUuid(uuid: string, at: number): number {
  reserve(at + 16);
  let wrong = uuid.length === 36 ? 0 : 0x80;
  for (let i = 0; i < 16; i++) {
    const place = PLACES[i] ?? 0;
    const high = DIGITS[uuid.charCodeAt(place)] ?? 0x80;
    const low = DIGITS[uuid.charCodeAt(place + 1)] ?? 0x80;
    wrong |= high | low;
    scratch[at + i] = (high << 4) | low;
  }
  if (wrong & 0x80) throw new Error(`"${uuid}" is no UUID.`);
  return at + 16;
}

/** A whole number of microseconds as int64; doubles hold it exactly until the year 2255. */
function writeMicroseconds(microseconds: number, at: number): number {
  reserve(at + 8);
  const high = Math.floor(microseconds / 2 ** 32);
  scratch.writeInt32BE(high, at);
  return scratch.writeUInt32BE(Math.round(microseconds - high * 2 ** 32), at + 4);
}
