import type { Stage } from './support/stage.ts';

/** Something that goes wrong for real while people text. A new one is its file in `real/` and a line in main.ts. */
export interface Fault {
  /** What it is called on the command line and in the table. */
  readonly name: string;
  /** What is done, in half a sentence. */
  readonly summary: string;
  /** How many nodes serve; two where nothing is said. */
  readonly nodes?: number;
  /** To how many nodes each text is sent at the same moment; one where nothing is said. */
  readonly copies?: number;
  /** Rounds at most, for what takes a minute each. */
  readonly mostRounds?: number;
  /** Needs the database in a small file system of its own, of that many megabytes. */
  readonly diskMegabytes?: number;
  /** Needs so many NATS servers in front of the database, which keep what they acknowledge together. */
  readonly nats?: 1 | 3;
  /** One round, while people text; whole again when it resolves. */
  round(stage: Stage): Promise<void>;
}
