import type { Scalar } from './condition.ts';

/** What texts and conditions read from a run, and what an experiment remembers of it. Plain JSON. */
export interface RunContext {
  answers: Record<string, Scalar>;
  /** Experiment → arm of this run. */
  arms: Record<string, string>;
  /** Experiments whose arm was chosen but not yet met: the first text that goes out, or the first rest, makes the exposure. */
  unexposed: string[];
  /** A text was refused since those arms were chosen, so that resting alone exposes none of them. */
  withheld?: boolean;
  /**
   * When the person last said something that the run went on by, in milliseconds since 1970; null where that may be a STOP. Left out
   * where it is the text that began the run, or nothing because a campaign or the API did.
   */
  saidAt?: number | null;
  /** By the answers that hold them, the voucher codes that the run was given. */
  vouchers?: Record<string, { pool: string; code: string }>;
}
