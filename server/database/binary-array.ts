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
const FIRST_SIZE = 1024;
/** Strings up to this length are tried as ASCII first, which is faster than a call out of JavaScript. */
const SHORT = 40;
/** After so many values it is known whether those of a column come again and again. */
const ENOUGH_TO_TELL = 16;

/**
 * One column of a batch as a one-dimensional array in PostgreSQL's binary format (array_send in arrayfuncs.c), value by value, so that
 * none has to be kept. node-postgres sends a Buffer as a binary parameter, which spares both sides the escaping and parsing of array
 * literals.
 */
export class ArrayColumn {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private view = viewOf(this.bytes);
  private end = HEADER;
  private length = 0;
  private hasNull = 0;
  private lastUuid: string | null = null;
  private lastUuidAt = 0;
  private repeats = 0;

  constructor(readonly type: ColumnType) {}

  push(value: ColumnValue): void {
    this.length++;
    if (value === null) this.pushNull();
    else {
      const start = this.end + 4;
      const end = this.write(value, start);
      this.view.setInt32(this.end, end - start);
      this.end = end;
    }
  }

  /** How many bytes the array takes of all that was pushed. */
  get size(): number {
    return this.end;
  }

  /** Writes that array there and returns where it ends. The column is empty afterwards, and as large as it had to be. */
  moveTo(target: Buffer, at: number): number {
    const { view } = this;
    view.setInt32(0, 1);
    view.setInt32(4, this.hasNull);
    view.setInt32(8, OID[this.type]);
    view.setInt32(12, this.length);
    view.setInt32(16, 1);
    this.bytes.copy(target, at, 0, this.end);
    const end = at + this.end;
    this.end = HEADER;
    this.length = 0;
    this.hasNull = 0;
    this.lastUuid = null;
    this.repeats = 0;
    return end;
  }

  private pushNull(): void {
    this.hasNull = 1;
    this.reserve(this.end + 4);
    this.view.setInt32(this.end, -1);
    this.end += 4;
  }

  /** Writes one value and returns where it ends. */
  private write(value: Exclude<ColumnValue, null>, at: number): number {
    switch (this.type) {
      case 'text':
      case 'json':
        return this.writeText(textOf(value), at);
      case 'timestamptz':
        return this.writeMicroseconds((Number(value) - EPOCH_2000_MS) * 1_000, at);
      case 'int4':
        return this.writeInt(Number(value), at);
      case 'bool':
        this.reserve(at + 1);
        this.bytes[at] = value ? 1 : 0;
        return at + 1;
      case 'jsonb':
        this.reserve(at + 1);
        this.bytes[at] = 1;
        return this.writeText(textOf(value), at + 1);
      case 'bytea':
        return this.writeBytes(value instanceof Uint8Array ? value : new Uint8Array(), at);
      case 'uuid':
        return this.writeId(textOf(value), at);
    }
  }

  /** Workspaces, senders and flows come again and again: what was written last is copied. */
  private writeId(uuid: string, at: number): number {
    this.reserve(at + 16);
    const mayRepeat = this.length <= ENOUGH_TO_TELL || this.repeats > this.length >> 2;
    if (mayRepeat && uuid === this.lastUuid) {
      this.repeats++;
      this.bytes.copyWithin(at, this.lastUuidAt, this.lastUuidAt + 16);
    } else {
      writeUuid(this.bytes, uuid, at);
      this.lastUuid = uuid;
    }
    this.lastUuidAt = at;
    return at + 16;
  }

  private writeInt(value: number, at: number): number {
    if (value !== (value | 0))
      throw new RangeError(`${value} is out of range: an int4 is whole and has 32 bits.`);
    this.reserve(at + 4);
    this.view.setInt32(at, value);
    return at + 4;
  }

  private writeText(text: string, at: number): number {
    // UTF-8 takes at most three bytes for each of the UTF-16 units.
    this.reserve(at + 3 * text.length);
    const { bytes } = this;
    if (text.length > SHORT) return at + bytes.write(text, at);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return at + bytes.write(text, at);
      bytes[at + i] = code;
    }
    return at + text.length;
  }

  private writeBytes(bytes: Uint8Array, at: number): number {
    this.reserve(at + bytes.length);
    this.bytes.set(bytes, at);
    return at + bytes.length;
  }

  /** A whole number of microseconds as int64; doubles hold it exactly until the year 2255. */
  private writeMicroseconds(microseconds: number, at: number): number {
    this.reserve(at + 8);
    const high = Math.floor(microseconds / 2 ** 32);
    this.view.setInt32(at, high);
    this.view.setUint32(at + 4, Math.round(microseconds - high * 2 ** 32));
    return at + 8;
  }

  /** Makes room up to this place, keeping what is written. */
  private reserve(end: number): void {
    if (end <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(end)));
    this.bytes.copy(larger);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

/** String() is a call even for what is one. */
const textOf = (value: Exclude<ColumnValue, null>): string =>
  typeof value === 'string' ? value : String(value);

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

/** Where columns of each type are put together whose values are all at hand. */
const scratch = new Map<ColumnType, ArrayColumn>();

/** Values as an array that PostgreSQL reads. */
export function binaryArray(type: ColumnType, values: readonly ColumnValue[]): Buffer {
  return columnOf(type, values, itself);
}

/** One column of rows as an array that PostgreSQL reads. */
export function columnOf<Row>(
  type: ColumnType,
  rows: readonly Row[],
  value: (row: Row) => ColumnValue,
): Buffer {
  // What threw half-way left its values behind, and its column with them.
  const column = scratch.get(type) ?? new ArrayColumn(type);
  scratch.delete(type);
  for (const row of rows) column.push(value(row));
  const array = Buffer.allocUnsafe(column.size);
  column.moveTo(array, 0);
  scratch.set(type, column);
  return array;
}

const itself = (value: ColumnValue): ColumnValue => value;

/** The value of each hexadecimal digit by its character code; 0x80 for what is none. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 0x80 : digit;
});
/** Where the two digits of each byte stand in the 36 characters of a UUID. */
const PLACES = Uint8Array.from([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]);

function writeUuid(bytes: Buffer, uuid: string, at: number): void {
  let wrong = uuid.length === 36 ? 0 : 0x80;
  for (let i = 0; i < 16; i++) {
    const place = PLACES[i] ?? 0;
    const high = DIGITS[uuid.charCodeAt(place)] ?? 0x80;
    const low = DIGITS[uuid.charCodeAt(place + 1)] ?? 0x80;
    wrong |= high | low;
    bytes[at + i] = (high << 4) | low;
  }
  if (wrong & 0x80) throw new Error(`"${uuid}" is no UUID.`);
}
