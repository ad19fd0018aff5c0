import type { CompiledFlow } from '#flows/engine/compile.ts';
import { clocksOf } from '#flows/engine/contact-clocks.ts';
import { START } from '#flows/engine/events.ts';
import { Phone } from '#flows/engine/phone.ts';
import { assertNever } from '#shared/assert-never.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { HERE, ZONES } from '../zones.ts';
import { type ChatLine, linesOf } from './chat.ts';
import { linesOfMove, type Move, moveWords } from './moves.ts';
import { NO_PATH, walkedPath } from './path.ts';
import { FIRST_PERSON, NO_FAULTS, type Rehearsal, type RehearsalState } from './rehearsal-state.ts';
import { momentsOf, recordedBy } from './recorded.ts';
import { PLAIN_STAGE, staged, worldOf } from './stage.ts';
import { suggestions } from './suggestions.ts';

/** A phone to try a flow on: one store for the simulator, the lit path on the canvas, and tests. `clock` says when it starts. */
export function createRehearsal(clock: () => number): Rehearsal {
  let phone: Phone | null = null;
  let moves: Move[] = [];
  /** What each move was answered with. */
  let answers: string[][] = [];
  let lines: ChatLine[] = [];
  let startAt = clock();
  let played: CompiledFlow | null = null;
  const store = createStore<RehearsalState>(() => ({
    flow: null,
    from: null,
    stage: PLAIN_STAGE,
    person: FIRST_PERSON,
    faults: NO_FAULTS,
    lines: [],
    now: startAt,
    run: null,
    consents: {},
    suggestions: [],
    nextWake: null,
    path: NO_PATH,
    replayed: false,
  }));

  const show = (replayed = false) => {
    const { person, stage, from } = store.getState();
    const run = phone?.run ?? null;
    store.setState({
      lines: [...lines],
      now: phone?.now ?? startAt,
      run: run && { ...run },
      consents: Object.fromEntries(
        Object.entries(phone?.contact.consents ?? {}).map(([list, { state }]) => [list, state]),
      ),
      suggestions: played
        ? suggestions({
            compiled: played,
            stage,
            run,
            open: phone?.open ?? [],
            contact: { ...person, fields: phone?.contact.fields ?? {} },
          })
        : [],
      nextWake: phone && secondsToWake(phone),
      path: walkedPath(phone?.decisions ?? [], run, from === null ? null : START),
      replayed,
    });
  };

  const take = (act: (phone: Phone) => string[]): string[] => {
    if (!phone) return [];
    const before = phone.decisions.length;
    const heard = act(phone);
    for (const decision of phone.decisions.slice(before)) lines.push(...linesOf(decision, phone.now));
    return heard;
  };

  /** Time goes from one wake-up to the next, so that each text stands at its own moment. */
  const pass = (seconds: number): string[] => {
    const heard: string[] = [];
    let left = seconds;
    for (
      let next = phone && secondsToWake(phone);
      next !== null && next <= left;
      next = phone && secondsToWake(phone)
    ) {
      const step = next;
      heard.push(...take((one) => one.wait(step)));
      left -= step;
    }
    heard.push(...take((one) => one.wait(left)));
    return heard;
  };

  const perform = (move: Move): string[] => {
    if (!phone) return [];
    const words = moveWords(move);
    if (words !== null) lines.push({ kind: 'remark', text: words, at: phone.now });
    switch (move.kind) {
      case 'says':
        lines.push({ kind: 'said', text: move.text, at: phone.now });
        return take((one) => one.says(move.text, move.media));
      case 'waits':
        return pass(move.seconds);
      case 'event':
        return take((one) => one.event(move.name, move.key, move.value));
      case 'answer':
        return take((one) => one.answer(move.call, move.outcome, move.values));
      default:
        return assertNever(move);
    }
  };

  const act = (one: Move): string[] => {
    const texts = perform(one);
    answers.push(texts);
    return texts;
  };

  const begin = () => {
    const { flow, from, stage, person, faults } = store.getState();
    lines = [];
    answers = [];
    played = flow && staged(flow.compiled, from);
    phone =
      flow && played
        ? new Phone({
            world: worldOf(stage, flow.id, played),
            ...person,
            fields: { ...person.fields },
            zones: (zone) => clocksOf(zone, { ...person, timeZone: HERE }, ZONES),
            closedContests: faults.closedContests,
            holds: faults.holds,
            startAt,
          })
        : null;
  };

  const replay = () => {
    begin();
    for (const one of moves) act(one);
    show(moves.length > 0);
  };

  const restart = () => {
    moves = [];
    startAt = clock();
    begin();
    show();
  };

  const move = (next: Move): string[] => {
    moves.push(next);
    const texts = act(next);
    show();
    return texts;
  };

  return {
    store,
    restart,
    move,
    recorded() {
      const { person, faults, from } = store.getState();
      if (from !== null || moves.length === 0) return null;
      const written = moves.flatMap((one, at) => [
        ...linesOfMove(one),
        ...(answers[at] ?? []).map((hears) => ({ hears })),
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
      const [keyword] =
        played?.definition.triggers.flatMap(({ words, match }) => (match === 'pattern' ? [] : words)) ?? [];
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

function secondsToWake(phone: Phone): number | null {
  const times = phone.contact.runs.flatMap((run) => (run.wakeAt === null ? [] : [run.wakeAt]));
  return times.length === 0 ? null : Math.max(0, (Math.min(...times) - phone.now) / 1_000);
}
