import type { Effect } from '#flows/engine/effects.ts';
import type { Scene } from '../scene.ts';

/** Writes down one kind of effect. Nothing is sent here: that is for after the commit. */
export type EffectHandler<Kind extends Effect['kind']> = (
  effect: Extract<Effect, { kind: Kind }>,
  scene: Scene,
) => void;
