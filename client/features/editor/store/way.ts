/** A way out of a step, or of the trigger card. */
export interface Way {
  from: string;
  port: string;
}
