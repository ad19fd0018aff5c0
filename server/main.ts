import { createLog } from './common/log.ts';
import { readSettings } from './config.ts';
import { start, welcome } from './start.ts';

/** The process: starts the server, says where it is, and ends in good order when asked to. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const running = await start(settings, { log });

  let asked = 0;
  const end = (signal: string) => {
    asked += 1;
    if (asked > 1) process.exit(130);
    log.info({ signal }, 'Ending: what is under way is finished first.');
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The end was not in good order.');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.stdout.write(`\n${(await welcome(running, settings)).join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? explain(error) : String(error)}\n`);
  process.exit(1);
});

/** A sentence where we know what a person can do about it, the stack where we don't. */
function explain(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Another program already listens on this port. Choose another one: PORT=3001 npm start. (${error.message})`;
  }
  if (code === 'EACCES' && 'syscall' in error && error.syscall === 'listen') {
    return `This user may not listen on that port. Choose one above 1024: PORT=3000 npm start. (${error.message})`;
  }
  return error.constructor === Error || error.name === 'ConfigError' || error.name === 'DataDirBusy'
    ? error.message
    : (error.stack ?? error.message);
}
