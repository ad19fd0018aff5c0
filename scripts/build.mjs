// Builds server and client, whatever is there already: npm run build
// Named parts are built only if they are out of date: node scripts/build.mjs server
import { build } from './support/build-steps.mjs';

const named = process.argv.slice(2);
try {
  for (const part of named) await build(part);
  if (named.length === 0) {
    await build('server', { always: true });
    await build('client', { always: true });
  }
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
