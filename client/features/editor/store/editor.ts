import type { Definition } from '#flows/definition/schema.ts';
import type { Operation } from '#flows/definition/operation.ts';
import { apply } from '#flows/definition/operations.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type History, NO_HISTORY, noted, redone, undone } from './history.ts';

/** Which cards and lines are chosen. Lines by their line key. */
export interface Selection {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
}

const NOTHING_SELECTED: Selection = { nodes: new Set(), edges: new Set() };

/** The draft as it stands, how it came there, and what is chosen of it. */
export interface EditorState {
  definition: Definition;
  history: History<Definition>;
  selection: Selection;
  /** Counts requests to write in the inspector, so that it takes the focus. */
  focusInspector: number;
}

/** How an edit is undone, and what it leaves chosen. */
export interface EditOptions {
  /** Edits with the same key in quick succession are undone together. */
  key?: string;
  /** What is chosen afterwards. */
  select?: readonly string[];
}

/** The draft being edited. Every change goes through here, so every change can be undone. */
export interface Editor {
  store: StoreApi<EditorState>;
  edit: (label: string, operations: readonly Operation[], options?: EditOptions) => void;
  /** Puts a whole other drawing in place of this one: a template, a version, an import. */
  replace: (label: string, definition: Definition) => void;
  /** Takes the draft from somewhere else, with no way back: it was loaded anew. */
  load: (definition: Definition) => void;
  undo: () => string | null;
  redo: () => string | null;
  select: (nodes: Iterable<string>, edges?: Iterable<string>) => void;
  inspect: (id: string) => void;
}

/** An editor that begins with a definition. `clock` in milliseconds: edits close to each other are undone together. */
export function createEditor(definition: Definition, clock: () => number): Editor {
  const store = createStore<EditorState>(() => ({
    definition,
    history: NO_HISTORY,
    selection: NOTHING_SELECTED,
    focusInspector: 0,
  }));

  const put = (label: string, next: Definition, { key, select }: EditOptions = {}) =>
    store.setState(({ definition: before, history, selection }) => {
      if (next === before) return {};
      return {
        definition: next,
        history: noted(history, { label, before, key: key ?? null, at: clock() }),
        selection: existing(next, select ? { nodes: new Set(select), edges: new Set() } : selection),
      };
    });

  const travel = (step: typeof undone): string | null => {
    const { history, definition: now, selection } = store.getState();
    const there = step(history, now);
    if (!there) return null;
    store.setState({
      definition: there.value,
      history: there.history,
      selection: existing(there.value, selection),
    });
    return there.label;
  };

  const select = (nodes: Iterable<string>, edges: Iterable<string> = []) =>
    store.setState(({ selection }) => {
      const next: Selection = { nodes: new Set(nodes), edges: new Set(edges) };
      return same(selection.nodes, next.nodes) && same(selection.edges, next.edges)
        ? {}
        : { selection: next };
    });

  return {
    store,
    select,
    edit(label, operations, options) {
      put(label, operations.reduce(apply, store.getState().definition), options);
    },
    replace: (label, next) => put(label, next),
    load: (next) => store.setState({ definition: next, history: NO_HISTORY, selection: NOTHING_SELECTED }),
    undo: () => travel(undone),
    redo: () => travel(redone),
    inspect(id) {
      select([id]);
      store.setState(({ focusInspector }) => ({ focusInspector: focusInspector + 1 }));
    },
  };
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** What is left of a selection after steps may have gone. Ids that are no steps, such as the trigger card's, stay. */
function existing(definition: Definition, selection: Selection): Selection {
  if (selection.nodes.size === 0) return selection;
  const ids = new Set(definition.nodes.map(({ id }) => id));
  const nodes = [...selection.nodes].filter((id) => ids.has(id) || id.startsWith('$'));
  return nodes.length === selection.nodes.size ? selection : { ...selection, nodes: new Set(nodes) };
}
