import { expect, test } from '@jest/globals';
import { type History, NO_HISTORY, noted, redone, undone } from '#client/features/editor/store/history.ts';

const edit = (before: string, label: string, key: string | null = null, at = 0) => ({
  before,
  label,
  key,
  at,
});

test('what was done is undone and done again, in order', () => {
  let history: History<string> = NO_HISTORY;
  history = noted(history, edit('a', 'first'));
  history = noted(history, edit('b', 'second'));
  const back = undone(history, 'c');
  expect(back).toMatchObject({ value: 'b', label: 'second' });
  const further = back && undone(back.history, back.value);
  expect(further).toMatchObject({ value: 'a', label: 'first' });
  expect(further && undone(further.history, further.value)).toBeNull();
  const forth = further && redone(further.history, further.value);
  expect(forth).toMatchObject({ value: 'b', label: 'first' });
  expect(forth && redone(forth.history, forth.value)).toMatchObject({ value: 'c', label: 'second' });
});

test('an edit after an undo forgets what was undone', () => {
  const back = undone(noted<string>(NO_HISTORY, edit('a', 'first')), 'b');
  expect(back && noted(back.history, edit('a', 'other')).future).toEqual([]);
});

test('typing in one field is undone at once, after a pause apart', () => {
  let history: History<string> = NO_HISTORY;
  history = noted(history, edit('', 'type', 'text', 1_000));
  history = noted(history, edit('h', 'type', 'text', 1_300));
  history = noted(history, edit('he', 'type', 'other', 1_400));
  history = noted(history, edit('hel', 'type', 'other', 9_000));
  expect(history.past.map(({ before }) => before)).toEqual(['', 'he', 'hel']);
});

test('the past is long, but not endless', () => {
  let history: History<number> = NO_HISTORY;
  for (let n = 0; n < 500; n++) history = noted(history, { label: 'edit', before: n, key: null, at: n });
  expect(history.past).toHaveLength(200);
  expect(history.past[0]?.before).toBe(300);
});
