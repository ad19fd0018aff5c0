export function isOutOfDate(stamp: string, sources: readonly string[]): boolean;
export function writeStamp(stamp: string, began: number): void;
