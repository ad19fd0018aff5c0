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

/** Rejects with what nobody caught. While all is being ended, what is under way fails for want of its database: that is no news. */
const broken = new Promise<never>((_, reject) => {
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, reject);
});

Promise.race([runOne().then(() => 0), unwanted.then(() => 130), broken])
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then(async (code) => {
    await endAll();
    process.exit(code);
  });
