import { relative } from 'node:path';
import { ROOT } from './run.mjs';

/** Ends a search with what it found: the suite, the test, fast-check's seed and path, and how to see it again. */
export default class SearchReporter {
  onRunComplete(_contexts, { testResults }) {
    const failed = testResults.flatMap(({ testFilePath, testResults: tests }) =>
      tests
        .filter(({ status }) => status === 'failed')
        .map((test) => ({ ...test, suite: relative(ROOT, testFilePath) })),
    );
    for (const { suite, fullName, failureMessages } of failed) {
      const [, seed, path] = /\{ seed: (-?\d+), path: "([\d:]+)"/.exec(failureMessages.join('\n')) ?? [];
      console.log(`\n${suite}\n  ${fullName}`);
      if (seed === undefined) {
        console.log('  no property: see what it says above');
        continue;
      }
      const name = fullName.replaceAll(/[^\w ]/g, '.');
      console.log(`  seed ${seed}, path ${path}: both given to fc.assert try this case alone; or`);
      console.log(
        `  PROPERTY_SEED=${seed} PROPERTY_RUNS=${process.env.PROPERTY_RUNS} npm run test:search -- ${suite} -t '${name}'`,
      );
    }
    console.log(failed.length === 0 ? '\nNothing found.\n' : `\n${failed.length} found.\n`);
  }
}
