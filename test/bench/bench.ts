/** What `npm run bench` was asked for. */
export interface BenchOptions {
  /** Measured seconds of each part. */
  seconds: number;
  /** Seconds before, in which caches, plans and the compiler settle. */
  warmUp: number;
  connections: readonly number[];
  /** People who text; who has finished comes again when all had a turn. */
  contacts: number;
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
}

/** What a bench found. A bench whose `wrong` is not empty has failed, whatever its figures say. */
export interface Report {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** Sentences that stand below the table: ratios, what was checked. */
  notes: readonly string[];
  wrong: readonly string[];
}

/** One bench: a file that exports this, and a line in main.ts. */
export interface Bench {
  name: string;
  summary: string;
  run: (options: BenchOptions, say: (sentence: string) => void) => Promise<Report>;
}
