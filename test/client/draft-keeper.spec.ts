import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDraftKeeper, type DraftKeeper } from '#client/features/editor/draft/draft-keeper.ts';
import { readLocally } from '#client/features/editor/draft/local-draft.ts';
import { openDraft } from '#client/features/editor/draft/open-draft.ts';
import { ApiError } from '#client/lib/api/api-error.ts';
import type { Flow, SavedDraft } from '#shared/api/flows.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';

const first = opened(TEMPLATES[0]?.definition).definition;
const named = (name: string): Definition => ({ ...first, name });

class FakeStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

let storage: FakeStorage;
let states: string[];
let sent: [name: string, revision: number][];
let answers: (SavedDraft | Error)[];
let timers: (() => void)[];

function keep(): DraftKeeper {
  return createDraftKeeper({
    flowId: 'flow',
    revision: 5,
    closed: false,
    storage,
    onState: ({ kind }) => states.push(kind),
    onSaved: () => {},
    save: async (definition, revision) => {
      sent.push([definition.name, revision]);
      const answer = answers.shift() ?? { revision: revision + 1, changed: true, issues: [] };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    later(act) {
      timers.push(act);
      return () => {
        timers = timers.filter((one) => one !== act);
      };
    },
  });
}

beforeEach(() => {
  storage = new FakeStorage();
  states = [];
  sent = [];
  answers = [];
  timers = [];
});

describe('a draft', () => {
  test('is saved once for many edits, and then the browser forgets its copy', async () => {
    const keeper = keep();
    keeper.changed(named('a'));
    keeper.changed(named('ab'));
    expect(readLocally(storage, 'flow')).toMatchObject({ revision: 5, definition: { name: 'ab' } });
    expect(timers).toHaveLength(1);
    await keeper.flush();
    expect(sent).toEqual([['ab', 5]]);
    expect(keeper.revision).toBe(6);
    expect(states).toEqual(['unsaved', 'unsaved', 'saving', 'saved']);
    expect(readLocally(storage, 'flow')).toBeNull();
  });

  test('that is edited while it is being saved is saved again, on the new revision', async () => {
    const keeper = keep();
    keeper.changed(named('a'));
    const saving = keeper.flush();
    keeper.changed(named('b'));
    await saving;
    await keeper.flush();
    expect(sent).toEqual([
      ['a', 5],
      ['b', 6],
    ]);
    expect(states.at(-1)).toBe('saved');
  });

  test('stays in the browser while the server cannot be reached, and is sent when it can', async () => {
    answers = [new ApiError(0, 'network.unreachable', 'No server.')];
    const keeper = keep();
    keeper.changed(named('a'));
    await keeper.flush();
    expect(states.at(-1)).toBe('offline');
    expect(readLocally(storage, 'flow')).toMatchObject({ definition: { name: 'a' } });
    expect(timers).toHaveLength(1);
    await keeper.flush();
    expect(states.at(-1)).toBe('saved');
  });

  test('that somebody else saved meanwhile is not overwritten', async () => {
    answers = [new ApiError(409, 'flow.draft-stale', 'Somebody saved it.')];
    const keeper = keep();
    keeper.changed(named('mine'));
    await keeper.flush();
    keeper.changed(named('mine too'));
    await keeper.flush();
    expect(sent).toHaveLength(1);
    expect(states.at(-1)).toBe('conflict');
    expect(readLocally(storage, 'flow')).toMatchObject({ definition: { name: 'mine too' } });
  });

  test('after the session ended is kept in the browser until somebody is signed in again', async () => {
    answers = [new ApiError(401, 'session.missing', 'Sign in first.')];
    const keeper = keep();
    keeper.changed(named('a'));
    await keeper.flush();
    expect(states.at(-1)).toBe('signed-out');
    expect(readLocally(storage, 'flow')).toMatchObject({ definition: { name: 'a' } });
  });

  test('that the server refuses says why and is not sent again by itself', async () => {
    answers = [new ApiError(422, 'flow.unreadable', 'It is no flow.')];
    const keeper = keep();
    keeper.changed(named('a'));
    await keeper.flush();
    expect(states.at(-1)).toBe('refused');
    expect(timers).toEqual([]);
  });

  test('is edited on where the browser keeps nothing', async () => {
    storage.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    const keeper = keep();
    keeper.changed(named('a'));
    await keeper.flush();
    expect(states.at(-1)).toBe('saved');
  });
});

describe('opening a draft', () => {
  const flow: Flow = {
    id: 'flow',
    name: first.name,
    status: 'draft',
    version: null,
    changed: true,
    keywords: [],
    steps: 0,
    running: 0,
    startedLately: 0,
    updatedAt: '2026-11-21T12:00:00Z',
    publishedAt: null,
    definition: first,
    revision: 7,
    savedBy: null,
    issues: [],
  };
  const kept = (revision: number) =>
    storage.setItem('textloom-draft-flow', JSON.stringify({ definition: named('kept'), revision }));

  test('takes the server’s where the browser kept nothing', () => {
    expect(openDraft(flow, storage)).toMatchObject({
      definition: { name: first.name },
      unsaved: false,
      revision: 7,
    });
  });

  test('takes up edits that never reached the server', () => {
    kept(7);
    expect(openDraft(flow, storage)).toMatchObject({
      definition: { name: 'kept' },
      unsaved: true,
      behind: false,
    });
  });

  test('knows when somebody saved since they were made', () => {
    kept(6);
    expect(openDraft(flow, storage)).toMatchObject({ definition: { name: 'kept' }, behind: true });
  });

  test('forgets edits that reached the server after all', () => {
    storage.setItem('textloom-draft-flow', JSON.stringify({ definition: first, revision: 6 }));
    expect(openDraft(flow, storage)).toMatchObject({ unsaved: false, behind: false });
    expect(readLocally(storage, 'flow')).toBeNull();
  });

  test('ignores what it can’t read', () => {
    storage.setItem('textloom-draft-flow', '{"definition":');
    expect(openDraft(flow, storage)).toMatchObject({ definition: { name: first.name } });
  });

  test('says what is wrong with a stored flow that is none', () => {
    const broken = openDraft({ ...flow, definition: { nodes: 'none' } }, storage);
    expect(broken.definition).toBeNull();
    expect(broken.issues.length).toBeGreaterThan(0);
  });
});
