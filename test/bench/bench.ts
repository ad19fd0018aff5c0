/** What `npm run bench` was asked for; null leaves it to the bench. */
export interface BenchOptions {
  /** Measured seconds of each part. */
  seconds: number | null;
  /** Seconds before, in which caches, plans and the compiler settle. */
  warmUp: number;
  connections: readonly number[] | null;
  /** People who text, or who are stored; the sizes of a bench follow from it. */
  contacts: number | null;
  /** Texts a second that are offered, where a bench would search for the rate that holds. */
  rate: number | null;
  /** The sizes that are promised, instead of some that are through in minutes. */
  full: boolean;
  /** Whether to say where the server's and the database's time went. */
  profile: boolean;
  /** Further flags of node for the server, such as --cpu-prof. */
  serverFlags: readonly string[];
}

/** One line of a report: what was measured, then a figure for each column, null where the system cannot tell. */
export interface Row {
  name: string;
  figures: Readonly<Record<string, number | null>>;
}

export interface Column {
  key: string;
  title: string;
  /** Digits behind the point. */
  digits: number;
  /** Processor time: one that grows is a step back, on whatever machine. */
  cost?: true;
  /** The column that counts the same cost in instructions, which stay the same where microseconds do not. */
  countedBy?: string;
  /** On a busy machine even those change, because batches become smaller or larger. */
  sways?: true;
}

/** What is asked of the product and what it gave here: a line of docs/performance.md. */
export interface Verdict {
  what: string;
  asked: string;
  measured: string;
  /** Of this against a baseline of the same run: what can be compared between machines. Null where there is none. */
  ratio: Ratio | null;
  /** Null: it cannot be measured here, and `measured` says why. */
  met: boolean | null;
}

export interface Ratio {
  value: number;
  better: 'more' | 'less';
}

/** What a bench found. A bench whose `wrong` is not empty has failed, whatever its figures say. */
export interface Report {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  verdicts?: readonly Verdict[];
  /** Sentences that stand below the table: ratios, what was checked. */
  notes: readonly string[];
  wrong: readonly string[];
}

/** One bench: a file that exports this, and a line in benches.ts. */
export interface Bench {
  name: string;
  summary: string;
  run: (options: BenchOptions, say: (sentence: string) => void) => Promise<Report>;
}

/** A size: the one that was named, else the promised one where all is to be measured, else the usual one. */
export const sizeOf = (named: number | null, full: boolean, sizes: { usual: number; full: number }): number =>
  named ?? (full ? sizes.full : sizes.usual);
