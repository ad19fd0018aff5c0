import { codeOf } from '../common/errors.ts';
import type { Problem } from '../common/problem.ts';

/** Does a write, or throws `problem` where a value that has to be unique is taken. */
export async function unlessTaken<Result>(write: Promise<Result>, problem: () => Problem): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    throw codeOf(error) === UNIQUE_VIOLATION ? problem() : error;
  }
}

const UNIQUE_VIOLATION = '23505';
