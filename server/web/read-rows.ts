import { z } from 'zod';
import { issueSentence } from '../common/issue-sentence.ts';
import { invalidInput } from '../common/parse.ts';
import { Turn } from '../common/turn.ts';
import { checkStorable } from './storable.ts';

/** A list of a body that is read row by row: no row may depend on another. */
export interface Rows {
  readonly key: string;
  /** As many as the schema allows. */
  readonly most: number;
}

/** Reads a body as its schema does, but for a long list of it a few rows at a time; null where there is none. */
export async function readRows(schema: z.ZodType, body: unknown, { key, most }: Rows): Promise<unknown> {
  if (typeof body !== 'object' || body === null) return null;
  const rows: unknown = Reflect.get(body, key);
  if (!Array.isArray(rows) || rows.length < 2 || rows.length > most) return null;
  const turn = new Turn();
  const read: unknown[] = [];
  const wrong: z.core.$ZodIssue[] = [];
  checkStorable({ ...body, [key]: [] }, 'body');
  let rest: object = {};
  for (const [n, row] of rows.entries()) {
    checkStorable(row, 'body', `${key}.${n}`);
    const one = schema.safeParse({ ...body, [key]: [row] }, { error: issueSentence });
    if (one.success) {
      rest = Object(one.data);
      for (const done of listIn(rest, key)) read.push(done);
    } else {
      for (const issue of one.error.issues) {
        const [first, , ...path] = issue.path;
        if (first === key) wrong.push({ ...issue, path: [key, n, ...path] });
        else if (n === rows.length - 1) wrong.push(issue);
      }
    }
    if (turn.isOver) await turn.next();
  }
  if (wrong.length > 0) throw invalidInput(new z.ZodError(wrong), 'body');
  return { ...rest, [key]: read };
}

function listIn(value: object, key: string): readonly unknown[] {
  const list: unknown = Reflect.get(value, key);
  return Array.isArray(list) ? list : [];
}
