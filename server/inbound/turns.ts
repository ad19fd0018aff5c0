import type { Waiting } from './backlog-rows.ts';
import type { Placed } from './place.ts';
import type { TextWork, Work } from './work.ts';

/** What becomes of the work of a batch. */
export interface Turns {
  /** Decided now. */
  due: Placed[];
  /** Texts that are stored behind what their contact has waiting. */
  behind: (Placed & { work: TextWork })[];
  /** Other work that has to come again once its contact has no text waiting. */
  postponed: Work[];
}

/**
 * Nothing overtakes a contact's backlog: what waits in it is decided in its order, later texts are stored behind it, and no wake-up
 * or order is decided before. `late`: there is more work than can be decided in time, so that new texts are only stored. A text of the
 * backlog that is not its first has been decided meanwhile, or comes again; nothing is done with it.
 */
export function takeTurns(placed: readonly Placed[], heads: Waiting['heads'], late: boolean): Turns {
  const turns: Turns = { due: [], behind: [], postponed: [] };
  for (const one of placed) {
    const { work, contact } = one;
    const head = heads.get(contact);
    if (work.kind === 'run') {
      if (head === undefined) turns.due.push(one);
      else turns.postponed.push(work);
    } else if (work.backlog) {
      if (work.backlog.seq === head) turns.due.push(one);
    } else if (late || head !== undefined) turns.behind.push({ ...one, work });
    else turns.due.push(one);
  }
  return turns;
}
