import { binaryArray } from '../database/binary-array.ts';

/** The workspaces among those of a parameter whose owners have stopped all sending. */
export const stoppedAmong = (parameter: string): string =>
  `array(select w.id from workspaces w where w.id = any(${parameter}::uuid[]) and w.sending_stopped)`;

/** For that parameter: the workspaces of texts, nearly always one. */
export const workspacesOf = <Text>(texts: readonly Text[], workspaceOf: (text: Text) => string): Buffer =>
  binaryArray('uuid', [...new Set(texts.map(workspaceOf))]);

/**
 * Where a text of `u` stands in the queue, or null: where it was claimed, unless somebody has changed it since; otherwise it is looked
 * up. By subqueries, row by row: to a planner the queue is empty, and a text's neighbours by id seem few.
 */
export const PLACE = `coalesce((
    select o.ctid from outbox o where o.ctid = u.claimed::tid and o.message_id = u.id), (
    select o.ctid from outbox o
    where o.workspace_id = u.workspace_id and o.contact_id = u.contact_id and o.message_id = u.id))`;
