import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { linesOfMove, type Move } from './moves.ts';
import { FIRST_PERSON, NO_FAULTS, type Rehearsal, type RehearsalState } from './rehearsal-state.ts';
import { momentsOf, recordedBy } from './recorded.ts';
import { NOTHING_SHOWN, shownOf } from './shown.ts';
import { PLAIN_STAGE } from './stage.ts';
import { beginTalk, type Talk } from './talk.ts';

/** A phone to try a flow on: one store for the simulator, the lit path on the canvas, and tests. `clock` says when it starts. */
export function createRehearsal(clock: () => number): Rehearsal {
  let startAt = clock();
  let talk: Talk | null = null;
  const store = createStore<RehearsalState>(() => ({
    flow: null,
    from: null,
    stage: PLAIN_STAGE,
    person: FIRST_PERSON,
    faults: NO_FAULTS,
    ...NOTHING_SHOWN,
    now: startAt,
    replayed: false,
  }));

  const show = (replayed = false) =>
    store.setState(
      talk ? { ...shownOf(talk, store.getState()), replayed } : { ...NOTHING_SHOWN, now: startAt, replayed },
    );

  const replay = () => {
    const moves = talk?.done ?? [];
    talk = beginTalk(store.getState(), startAt);
    for (const { move } of moves) talk?.perform(move);
    show(moves.length > 0);
  };

  const restart = () => {
    startAt = clock();
    talk = beginTalk(store.getState(), startAt);
    show();
  };

  const move = (next: Move): string[] => {
    const heard = talk?.perform(next) ?? [];
    show();
    return heard;
  };

  return {
    store,
    restart,
    move,
    recorded() {
      const { person, faults, from } = store.getState();
      if (!talk || from !== null || talk.done.length === 0) return null;
      const { done, played } = talk;
      const written = done.flatMap((one) => [
        ...linesOfMove(one.move),
        ...one.heard.map((hears) => ({ hears })),
      ]);
      return recordedBy(person, faults, written, momentsOf(startAt, person, played));
    },
    says: (text) => move({ kind: 'says', text }),
    waits: (seconds) => move({ kind: 'waits', seconds }),
    open(id, compiled) {
      const { flow, from } = store.getState();
      const same = flow?.id === id;
      store.setState({
        flow: { id, compiled },
        from: same && from !== null && compiled.nodes.has(from) ? from : null,
      });
      if (same) replay();
      else restart();
    },
    close() {
      store.setState({ flow: null, from: null });
      restart();
    },
    startFrom(from) {
      store.setState({ from });
      restart();
      const { triggers } = talk?.played.definition ?? { triggers: [] };
      const [keyword] = triggers.flatMap(({ words, match }) => (match === 'pattern' ? [] : words));
      if (from !== null && keyword !== undefined) move({ kind: 'says', text: keyword });
    },
    setStage(stage) {
      store.setState({ stage });
      replay();
    },
    setPerson(person) {
      store.setState({ person });
      replay();
    },
    setFaults(faults) {
      store.setState({ faults });
      replay();
    },
  };
}

/** The rehearsal of the page: one phone, of whatever flow is open. */
export const rehearsal = createRehearsal(Date.now);

/** Reads from the page's rehearsal. */
export const useRehearsal = <Slice>(select: (state: RehearsalState) => Slice): Slice =>
  useStore(rehearsal.store, select);
