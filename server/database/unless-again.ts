import { classify } from './lane-connection.ts';

const TRIES = 6;

/** Does a write that may meet a deadlock or a serialization failure until it does not. */
export async function unlessAgain<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (classify(error) !== 'again' || attempt === TRIES) throw error;
    }
  }
}
