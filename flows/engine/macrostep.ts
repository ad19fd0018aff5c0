import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  createActor,
  createMachine,
  type EventObject,
  type ExecutableActionObject,
} from 'xstate';

/**
 * What an event does to a machine, and the actions that it asks for, in order. The same as XState's `transition`, which makes an
 * actor for each call and works out its first state, as long as the step itself takes; nothing here ever talks to an actor, so one
 * does for all.
 */
export function macrostep(
  before: AnyMachineSnapshot,
  event: EventObject,
): [after: AnyMachineSnapshot, actions: ExecutableActionObject[]] {
  const actions: ExecutableActionObject[] = [];
  const scope = { ...NOBODY, actionExecutor: (action: ExecutableActionObject) => void actions.push(action) };
  return [before.machine.transition(before, event, scope), actions];
}

const nothing = (): void => {};
const self = createActor(createMachine({}));

const NOBODY: AnyActorScope = {
  self,
  system: self.system,
  id: '',
  sessionId: '',
  logger: nothing,
  defer: nothing,
  emit: nothing,
  stopChild: nothing,
  actionExecutor: nothing,
};
