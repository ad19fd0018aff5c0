/** The PostgreSQL types that set-based statements are fed with. A timestamp is milliseconds since 1970, a jsonb its JSON text. */
export type ColumnType = 'uuid' | 'text' | 'int4' | 'bool' | 'timestamptz' | 'jsonb' | 'bytea';

export type ColumnValue = string | number | boolean | Uint8Array | null;

/** From pg_type.dat; fixed since the types exist. */
const OID: Record<ColumnType, number> = {
  bool: 16,
  bytea: 17,
  int4: 23,
  text: 25,
  timestamptz: 1184,
  uuid: 2950,
  jsonb: 3802,
};

/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const HEADER = 20;

/**
 * One column of a batch as a one-dimensional array in PostgreSQL's binary format (array_send in arrayfuncs.c): node-postgres
 * sends a Buffer as a binary parameter, which spares both sides the escaping and parsing of array literals.
 */
export function binaryArray(type: ColumnType, values: readonly ColumnValue[]): Buffer {
  const buffer = Buffer.allocUnsafe(
    HEADER + values.reduce<number>((sum, value) => sum + 4 + sizeOf(type, value), 0),
  );
  let hasNull = 0;
  let at = HEADER;
  for (const value of values) {
    if (value === null) {
      hasNull = 1;
      at = buffer.writeInt32BE(-1, at);
    } else {
      const start = at + 4;
      const end = write(type, value, buffer, start);
      buffer.writeInt32BE(end - start, at);
      at = end;
    }
  }
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull, 4);
  buffer.writeUInt32BE(OID[type], 8);
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

function sizeOf(type: ColumnType, value: ColumnValue): number {
  if (value === null) return 0;
  switch (type) {
    case 'uuid':
      return 16;
    case 'int4':
      return 4;
    case 'bool':
      return 1;
    case 'timestamptz':
      return 8;
    case 'text':
      return Buffer.byteLength(String(value));
    case 'jsonb':
      return 1 + Buffer.byteLength(String(value));
    case 'bytea':
      return value instanceof Uint8Array ? value.length : 0;
  }
}

/** Writes one value and returns where it ends. */
function write(type: ColumnType, value: Exclude<ColumnValue, null>, buffer: Buffer, at: number): number {
  switch (type) {
    case 'uuid':
      return writeUuid(String(value), buffer, at);
    case 'int4':
      return buffer.writeInt32BE(Number(value), at);
    case 'bool':
      return buffer.writeUInt8(value ? 1 : 0, at);
    case 'timestamptz':
      return writeMicroseconds((Number(value) - EPOCH_2000_MS) * 1_000, buffer, at);
    case 'text':
      return at + buffer.write(String(value), at);
    case 'jsonb':
      buffer.writeUInt8(1, at);
      return at + 1 + buffer.write(String(value), at + 1);
    case 'bytea':
      buffer.set(value instanceof Uint8Array ? value : [], at);
      return at + (value instanceof Uint8Array ? value.length : 0);
  }
}

function writeUuid(uuid: string, buffer: Buffer, at: number): number {
  let high = -1;
  let to = at;
  for (let i = 0; i < uuid.length && to < at + 16; i++) {
    const digit = hexDigit(uuid.charCodeAt(i));
    if (digit < 0) continue;
    if (high < 0) high = digit;
    else {
      buffer[to++] = (high << 4) | digit;
      high = -1;
    }
  }
  // The buffer is not zeroed: what is missing would be somebody else's memory.
  if (to !== at + 16) throw new Error(`"${uuid}" is no UUID.`);
  return to;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

/** A whole number of microseconds as int64; doubles hold it exactly until the year 2255. */
function writeMicroseconds(microseconds: number, buffer: Buffer, at: number): number {
  const high = Math.floor(microseconds / 2 ** 32);
  buffer.writeInt32BE(high, at);
  return buffer.writeUInt32BE(Math.round(microseconds - high * 2 ** 32), at + 4);
}
