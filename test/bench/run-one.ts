import 'reflect-metadata';
import type { Report } from './bench.ts';
import { BENCHES } from './benches.ts';

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

// Whoever started this is gone: nobody wants the figures, and the database should not be left running.
process.once('disconnect', () => process.exit(1));

runOne().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
