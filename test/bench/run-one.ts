import 'reflect-metadata';
import type { Report } from './bench.ts';
import { onceAsked } from '../support/once-asked.ts';
import { BENCHES } from './benches.ts';
import { endAll } from './support/started.ts';

/** What a bench in a process of its own tells the one that started it. */
export type Told = { said: string } | { report: Report };

/** Runs the bench that is named, with the options given as JSON, and tells its parent what it found. */
async function runOne(): Promise<void> {
  const [name, options = ''] = process.argv.slice(2);
  const bench = BENCHES.find((one) => one.name === name);
  if (!bench) throw new Error(`There is no bench "${name}".`);
  const tell = (told: Told): Promise<void> =>
    new Promise((resolve) => void process.send?.(told, () => resolve()));
  const report = await bench.run(JSON.parse(options), (said) => void tell({ said }));
  await tell({ report });
}

/** Resolves when nobody wants the figures any more, because somebody said so or because whoever started this is gone. */
const unwanted = new Promise<void>((resolve) => {
  onceAsked(() => undefined).addEventListener('abort', () => resolve());
  process.once('disconnect', () => resolve());
});

Promise.race([runOne().then(() => 0), unwanted.then(() => 130)])
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then(async (code) => {
    // What is under way fails as it loses its database, and says nothing new by that.
    for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => undefined);
    await endAll();
    process.exit(code);
  });
