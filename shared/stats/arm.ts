/** What one variant of an experiment has seen: contacts exposed to it, and those of them who converted. */
export interface Arm {
  readonly exposures: number;
  readonly conversions: number;
}

/** A range of values, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The share of exposed contacts who converted; 0 when there are none. */
export function rate({ exposures, conversions }: Arm): number {
  return exposures === 0 ? 0 : conversions / exposures;
}

/** Refuses counts that no experiment can have; such counts are a bug of whoever counted. */
export function checkArms(...arms: readonly Arm[]): void {
  for (const { exposures, conversions } of arms) {
    if (!(conversions >= 0 && exposures >= conversions && Number.isFinite(exposures))) {
      throw new RangeError(`${conversions} conversions of ${exposures} exposures`);
    }
  }
}
