import { assertNever } from '#shared/assert-never.ts';
import type { Effect } from '#flows/engine/effects.ts';
import type { Scene } from '../scene.ts';
import { cancelUnsent } from './cancel-unsent.ts';
import { consent, programStop, writeConsents } from './consent.ts';
import { assignArm, convert, expose, writeArms } from './experiment.ts';
import { send } from './send.ts';
import { setField, writeFields } from './set-field.ts';

/** Writes down the effects of one decision, one handler a kind. */
export function perform(effects: readonly Effect[], scene: Scene): void {
  for (const effect of effects) performOne(effect, scene);
  writeConsents(scene);
  writeArms(scene);
  writeFields(scene);
}

function performOne(effect: Effect, scene: Scene): void {
  switch (effect.kind) {
    case 'send':
      return send(effect, scene);
    case 'cancel-unsent':
      return cancelUnsent(effect, scene);
    case 'consent':
      return consent(effect, scene);
    case 'program-stop':
      return programStop(effect, scene);
    case 'set-field':
      return setField(effect, scene);
    case 'assign-arm':
      return assignArm(effect, scene);
    case 'expose':
      return expose(effect, scene);
    case 'convert':
      return convert(effect, scene);
    case 'reach-goal':
      // Goals outside experiments are read from the trail; nothing is written twice.
      return;
    default:
      return assertNever(effect);
  }
}
