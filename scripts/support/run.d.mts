export const ROOT: string;
export const SERVER_FLAGS: readonly string[];
export function programOf(name: string, program: string): string | undefined;
export function runNode(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<number>;
