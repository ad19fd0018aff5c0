import { createLog } from './common/log.ts';
import { readSettings } from './config.ts';
import { explainStart } from './explain-start.ts';
import { start, welcome } from './start.ts';

/** The process: starts the server, says where it is, and ends in good order when asked to. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const fail = (error: unknown) => {
    log.fatal({ err: error }, 'A mistake of ours was caught by nobody. The process ends.');
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  const asked = onceAsked((signal) => log.info({ signal }, 'Ending: what is under way is finished first.'));
  const running = await start(settings, { log });
  const lines = await welcome(running, settings);
  process.stdout.write(`\n${lines.join('\n')}\n`);
  await asked;
  await running.close();
  process.exit(0);
}

/**
 * Waits until somebody asks this process to end, also while it still starts. npm passes Ctrl+C on although the terminal
 * has sent it to everybody, so a second one means "at once" only when it comes a second later.
 */
function onceAsked(heard: (signal: string) => void): Promise<void> {
  let first: number | undefined;
  return new Promise((done) => {
    const hear = (signal: string) => {
      const now = performance.now();
      if (first !== undefined && now - first > 1000) process.exit(130);
      if (first !== undefined) return;
      first = now;
      heard(signal);
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, hear);
    const orphaned = () => hear('the end of the process that started this one');
    process.on('disconnect', orphaned);
    // It may have ended while this one still read its own files.
    if (process.connected === false) orphaned();
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${explainStart(error)}\n`);
  process.exit(1);
});
