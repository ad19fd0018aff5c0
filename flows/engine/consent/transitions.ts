import { type AnyStateMachine, transition } from 'xstate';

/**
 * Where each event takes each state of a small machine without guards, worked out once by XState: deciding about a text looks
 * it up. An event that a state does not take leaves it as it is.
 */
export function transitionsOf<State extends string, Event extends string>(
  machine: AnyStateMachine,
  states: readonly State[],
  events: readonly Event[],
): (from: State, event: Event) => State {
  const table = new Map<State, Map<Event, State>>();
  for (const from of states) {
    const row = new Map<Event, State>();
    for (const type of events) {
      const [after] = transition(machine, machine.resolveState({ value: from, context: {} }), { type });
      const to = states.find((state) => after.matches(state));
      if (to === undefined) throw new Error(`${machine.id} leaves its states by ${type} from ${from}.`);
      row.set(type, to);
    }
    table.set(from, row);
  }
  return (from, event) => table.get(from)?.get(event) ?? from;
}
