import type { Effect } from '#flows/engine/effects.ts';
import type { Scene } from '../scene.ts';

/** Writes down one kind of effect. Nothing is sent here: that is for after the commit. `Needs`: what it has to know of the scene. */
export type EffectHandler<Kind extends Effect['kind'], Needs = Scene> = (
  effect: Extract<Effect, { kind: Kind }>,
  scene: Needs,
) => void;

/** What those have to know who write how a person stands to a program and its lists. */
export type ConsentScene = Pick<
  Scene,
  | 'workspaceId'
  | 'contactId'
  | 'phone'
  | 'sender'
  | 'causeId'
  | 'at'
  | 'actor'
  | 'writes'
  | 'newId'
  | 'heads'
  | 'consents'
>;
