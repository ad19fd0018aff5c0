import { describe, expect, test } from '@jest/globals';
import { fromLocal, toLocal } from '#client/features/editor/inspector/zoned-moment.ts';
import { changesBetween } from '#client/features/editor/publish/changes.ts';
import {
  addStep,
  connect,
  copySelected,
  duplicateSelected,
  insertStep,
  pasteText,
  reconnect,
  removeSelected,
  resetStep,
} from '#client/features/editor/store/edits.ts';
import { createEditor, type Editor } from '#client/features/editor/store/editor.ts';
import { badgesOf, beyondOurs, bySeverity } from '#client/features/editor/store/issues.ts';
import { TRIGGER_CARD } from '#client/features/editor/canvas/canvas-nodes.ts';
import { lineKey } from '#client/lib/rehearsal/path.ts';
import { error, warning } from '#flows/definition/issue.ts';
import { apply } from '#flows/definition/operations.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';

const offer = opened(TEMPLATES.find(({ id }) => id === 'ab-offer')?.definition).definition;
const edited = (): Editor => createEditor(offer, () => 0);
const now = (editor: Editor) => editor.store.getState().definition;
const leads = (editor: Editor, from: string, port: string) =>
  now(editor).edges.find((edge) => edge.from === from && edge.port === port)?.to;

describe('every edit', () => {
  test.each<[string, (editor: Editor) => void]>([
    [
      'adding a step',
      (editor) => addStep(editor, 'message', { x: 0, y: 0 }, { from: 'enjoy', port: 'next' }),
    ],
    [
      'putting one on a line',
      (editor) => insertStep(editor, 'delay', { from: 'later', port: 'next' }, { x: 0, y: 0 }),
    ],
    ['connecting', (editor) => connect(editor, { from: 'half', port: 'other' }, 'enjoy')],
    [
      'choosing another first step',
      (editor) => connect(editor, { from: TRIGGER_CARD, port: 'start' }, 'enjoy'),
    ],
    [
      'moving a line',
      (editor) =>
        reconnect(editor, { from: 'half', port: 'other' }, { from: 'half', port: 'redeem' }, 'done'),
    ],
    [
      'removing',
      (editor) => {
        editor.select(['enjoy'], [lineKey('half', 'other')]);
        removeSelected(editor);
      },
    ],
    [
      'duplicating',
      (editor) => {
        editor.select(['half', 'later']);
        duplicateSelected(editor);
      },
    ],
    ['replacing the drawing', (editor) => editor.replace('Restore', { ...offer, name: 'Other' })],
  ])('is undone and done again: %s', (_, act) => {
    const editor = edited();
    act(editor);
    const after = now(editor);
    expect(after).not.toBe(offer);
    editor.undo();
    expect(now(editor)).toBe(offer);
    editor.redo();
    expect(now(editor)).toBe(after);
  });

  test('that changes nothing is no edit', () => {
    const editor = edited();
    editor.edit('Remove', [{ do: 'remove-nodes', ids: ['nobody'] }]);
    expect(editor.store.getState().history.past).toEqual([]);
  });
});

test('a new A/B test is called after its flow, and the next ones are told apart', () => {
  const editor = createEditor({ ...offer, name: 'Spring offer 🌷' }, () => 0);
  const ids = [0, 1, 2].map((y) => addStep(editor, 'split', { x: 0, y }));
  const configs = ids.map((id) => now(editor).nodes.find((node) => node.id === id)?.config);
  expect(configs).toMatchObject([
    { experiment: 'spring-offer' },
    { experiment: 'spring-offer-2' },
    { experiment: 'spring-offer-3' },
  ]);
});

test('a copy of an A/B test is a test of its own, and one that was cut out and pasted is the same', () => {
  const editor = createEditor({ ...offer, name: 'Spring offer' }, () => 0);
  addStep(editor, 'split', { x: 0, y: 0 });
  const tests = (): unknown[] =>
    now(editor)
      .nodes.filter(({ kind }) => kind === 'split')
      .map(({ config }) => (config as { experiment: string }).experiment);
  const before = tests();
  duplicateSelected(editor);
  expect(tests()).toEqual([...before, 'spring-offer-2']);
  const clip = copySelected(editor) ?? '';
  pasteText(editor, clip, { x: 0, y: 0 });
  expect(tests()).toEqual([...before, 'spring-offer-2', 'spring-offer-3']);
  removeSelected(editor);
  pasteText(editor, copySelected(editor) ?? clip, { x: 0, y: 0 });
  expect(tests()).toEqual([...before, 'spring-offer-2', 'spring-offer-3']);
});

test('an A/B test whose settings are started afresh is called after its flow and told apart from the others', () => {
  const editor = createEditor({ ...offer, name: 'Spring offer' }, () => 0);
  addStep(editor, 'split', { x: 0, y: 0 });
  const second = addStep(editor, 'split', { x: 0, y: 1 }) ?? '';
  editor.edit('Break', [
    { do: 'configure-node', id: second, config: { experiment: 'spring-offer-2', arms: 7 } },
  ]);
  resetStep(editor, second);
  expect(now(editor).nodes.find(({ id }) => id === second)?.config).toMatchObject({
    experiment: 'spring-offer-2',
    arms: [{ id: 'a' }, { id: 'b' }],
  });
});

test('a step put on a line goes on to where the line led', () => {
  const editor = edited();
  insertStep(editor, 'delay', { from: 'later', port: 'next' }, { x: 0, y: 0 });
  expect(leads(editor, 'later', 'next')).toBe('delay');
  expect(leads(editor, 'delay', 'next')).toBe('done');
  expect([...editor.store.getState().selection.nodes]).toEqual(['delay']);
});

test('a step put on a short line makes room for itself', () => {
  const editor = edited();
  insertStep(editor, 'delay', { from: 'redeemed', port: 'next' }, { x: 0, y: 0 });
  const { layout } = now(editor);
  const x = (id: string) => layout[id]?.x ?? 0;
  expect(x('delay') - x('redeemed')).toBeGreaterThanOrEqual(280 + 60);
  expect(x('enjoy') - x('delay')).toBeGreaterThanOrEqual(280 + 60);
  expect(x('done') - x('enjoy')).toBe((offer.layout.done?.x ?? 0) - (offer.layout.enjoy?.x ?? 0));
  expect(layout.later).toEqual(offer.layout.later);
});

test('removing a chosen line leaves its cards', () => {
  const editor = edited();
  editor.select([], [lineKey('later', 'next'), lineKey(TRIGGER_CARD, 'start')]);
  removeSelected(editor);
  expect(leads(editor, 'later', 'next')).toBeUndefined();
  expect(now(editor).start).toBeNull();
  expect(now(editor).nodes).toBe(offer.nodes);
});

test('copied steps are pasted with the lines among them, in another flow too', () => {
  const editor = edited();
  editor.select(['half', 'later']);
  const text = copySelected(editor) ?? '';
  const other = createEditor({ ...offer, nodes: [], edges: [], start: null, layout: {} }, () => 0);
  expect(pasteText(other, text, { x: 100, y: 50 })).toBe(true);
  expect(now(other).edges).toEqual([{ from: 'half', port: 'other', to: 'later' }]);
  expect(now(other).layout.half).toEqual({ x: 100, y: 50 });
  // Pasted where others lie, they go below.
  expect(pasteText(other, text, { x: 100, y: 50 })).toBe(true);
  const [again = ''] = [...other.store.getState().selection.nodes];
  expect(now(other).layout[again]?.x).toBe(100);
  expect(now(other).layout[again]?.y).toBeGreaterThanOrEqual(50 + 240);
  expect(pasteText(other, 'just words', { x: 0, y: 0 })).toBe(false);
  expect(pasteText(other, '{"textloom-steps":', { x: 0, y: 0 })).toBe(false);
});

test('a step that is gone is chosen no more', () => {
  const editor = edited();
  addStep(editor, 'message', { x: 0, y: 0 });
  editor.undo();
  expect(editor.store.getState().selection.nodes.size).toBe(0);
});

describe('what changed since a version', () => {
  const told = (...operations: Parameters<typeof apply>[1][]) =>
    changesBetween(offer, operations.reduce(apply, offer));

  test('is told in the author’s words', () => {
    expect(told({ do: 'title-node', id: 'enjoy', title: 'Have fun' })).toEqual([
      'Renamed “Enjoy” to “Have fun”',
    ]);
    expect(told({ do: 'connect', edge: { from: 'later', port: 'next', to: 'enjoy' } })).toEqual([
      '“Not now” leads elsewhere',
    ]);
    expect(told({ do: 'configure-node', id: 'redeemed', config: { goal: 'bought' } })).toEqual([
      'Changed “Redeemed”',
    ]);
    const enjoy = { do: 'configure-node', id: 'enjoy' } as const;
    expect(told({ ...enjoy, config: { text: 'Redeemed!', purpose: 'reply' } })).toEqual([
      '“Enjoy” says “Redeemed!” instead of “Redeemed! Show this text at the till now. Enjoy your coffee.”',
    ]);
    expect(told({ ...enjoy, config: { text: 'Redeemed!', purpose: 'service' } })).toHaveLength(2);
    expect(told({ do: 'set-start', id: 'half' })).toEqual(['Starts with “50OFF”']);
    expect(
      told({ do: 'set-triggers', triggers: [] }, { do: 'set-languages', languages: ['en', 'fr'] }),
    ).toEqual(['Changed the keywords', 'Languages: en, fr']);
    expect(told({ do: 'remove-nodes', ids: ['enjoy'] })).toEqual([
      'Removed “Enjoy”',
      '“Redeemed” leads elsewhere',
    ]);
  });

  test('tells steps of one title apart by the first words of their text', () => {
    const added = (id: string, text: string) =>
      ({
        do: 'add-node',
        node: { id, kind: 'message', config: { text, purpose: 'reply' } },
        at: { x: 0, y: 0 },
      }) as const;
    expect(told(added('one', 'Hello!'))).toEqual(['Added “Send a text”']);
    expect(told(added('one', 'Hello!'), added('two', 'See you at the\ncounter, until Friday'))).toEqual([
      'Added “Send a text: Hello!”',
      'Added “Send a text: See you at the counter,…”',
    ]);
  });

  test('is nothing where cards were only moved', () => {
    expect(told({ do: 'move-nodes', to: { enjoy: { x: 1, y: 1 } } })).toEqual([]);
  });
});

describe('issues', () => {
  const issues = [
    warning('text.long', 'Long.', { node: 'enjoy' }),
    error('port.open', 'Leads nowhere.', { node: 'enjoy', port: 'next' }),
    error('keyword.reserved', 'STOP is reserved.', { path: 'triggers.0.words.0' }),
    error('flow.empty', 'Nothing here.'),
  ];

  test('stand on their cards', () => {
    expect(Object.fromEntries(badgesOf(issues))).toEqual({
      enjoy: { errors: 1, warnings: 1 },
      [TRIGGER_CARD]: { errors: 1, warnings: 0 },
    });
    expect(bySeverity(issues)[3]?.code).toBe('text.long');
  });

  test('of the server are added where they are not our own', () => {
    const taken = error('keyword.taken', 'JOIN is used by Summer club.', { path: 'triggers.0' });
    expect(beyondOurs([...issues, taken], issues)).toEqual([taken]);
  });
});

describe('a moment in the workspace’s zone', () => {
  test.each([
    ['2026-06-01T08:00:00.000Z', 'Europe/London', '2026-06-01T09:00'],
    ['2026-01-15T23:30:00.000Z', 'Asia/Kolkata', '2026-01-16T05:00'],
    ['2026-07-04T16:00:00.000Z', 'America/New_York', '2026-07-04T12:00'],
  ])('%s in %s is shown as %s, and read back', (iso, zone, local) => {
    expect(toLocal(iso, zone)).toBe(local);
    expect(fromLocal(local, zone)).toBe(iso);
  });

  test('is none where the field is empty', () => {
    expect([toLocal(undefined, 'UTC'), fromLocal('', 'UTC')]).toEqual(['', undefined]);
  });
});
