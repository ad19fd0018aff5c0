/** Where a nats-server is; undefined when none was found and none could be brought. */
export function findNatsServer(say?: (sentence: string) => void): string | undefined;
