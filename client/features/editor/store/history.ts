/** One thing that can be undone: what it was, and how everything stood before. */
interface Past<Value> {
  label: string;
  before: Value;
}

/** What was done and undone. Values are kept whole: they share what did not change. */
export interface History<Value> {
  past: readonly Past<Value>[];
  future: readonly Past<Value>[];
  /** Edits with the same key in quick succession, such as typing in one field, are undone together. */
  key: string | null;
  at: number;
}

const DEPTH = 200;
const BURST = 1_200;

export const NO_HISTORY: History<never> = { past: [], future: [], key: null, at: 0 };

/** Notes an edit made at `at` (milliseconds); `before` is how everything stood. */
export function noted<Value>(
  history: History<Value>,
  edit: { label: string; before: Value; key: string | null; at: number },
): History<Value> {
  const { label, before, key, at } = edit;
  const continues =
    key !== null && key === history.key && at - history.at < BURST && history.future.length === 0;
  const past =
    continues && history.past.length > 0
      ? history.past
      : [...history.past.slice(1 - DEPTH), { label, before }];
  return { past, future: [], key, at };
}

/** Steps back from `now`, or null where there is nothing to undo. */
export function undone<Value>(
  history: History<Value>,
  now: Value,
): { history: History<Value>; value: Value; label: string } | null {
  const last = history.past.at(-1);
  if (!last) return null;
  return {
    value: last.before,
    label: last.label,
    history: {
      past: history.past.slice(0, -1),
      future: [{ label: last.label, before: now }, ...history.future],
      key: null,
      at: 0,
    },
  };
}

/** Steps forward again from `now`, or null where nothing was undone. */
export function redone<Value>(
  history: History<Value>,
  now: Value,
): { history: History<Value>; value: Value; label: string } | null {
  const [next, ...future] = history.future;
  if (!next) return null;
  return {
    value: next.before,
    label: next.label,
    history: { past: [...history.past, { label: next.label, before: now }], future, key: null, at: 0 },
  };
}
