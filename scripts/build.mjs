// Builds server and client, whatever is there already: npm run build
import { build } from './support/build-steps.mjs';

try {
  await build('server', { always: true });
  await build('client', { always: true });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exit(1);
}
