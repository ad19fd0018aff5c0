import { fieldOf } from '../common/errors.ts';
import { Problem } from '../common/problem.ts';
import { classify } from './lane-connection.ts';

/** Whether the reason why something failed is that the database is out of reach. A file that is missing has a code of the system's too. */
export const isDatabaseAway = (thrown: unknown): boolean =>
  classify(thrown) === 'lost' && fieldOf(thrown, 'path') === undefined;

/** Seconds after which somebody may ask again. */
const AGAIN_S = 2;

/** What people and programs are told meanwhile; a text that a gateway brings has an answer of its own. */
export const databaseAway = (cause?: unknown): Problem =>
  new Problem(
    503,
    'server.database-unreachable',
    'The database is out of reach for the moment. Try it again in a few seconds.',
    { headers: { 'retry-after': String(AGAIN_S) }, cause },
  );
