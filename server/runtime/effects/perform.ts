import { assertNever } from '#shared/assert-never.ts';
import type { Effect } from '#flows/engine/effects.ts';
import type { Scene } from '../scene.ts';
import { call } from './call.ts';
import { cancelUnsent } from './cancel-unsent.ts';
import { carryVoucher } from './carry-voucher.ts';
import { age, consent, standing, writeConsents } from './consent.ts';
import { assignArm, convert, expose, writeArms } from './experiment.ts';
import { makeLink } from './make-link.ts';
import { notify } from './notify.ts';
import { send } from './send.ts';
import { setField, tag, writeFields } from './set-field.ts';

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
      send(effect, scene);
      break;
    case 'cancel-unsent':
      cancelUnsent(effect, scene);
      break;
    case 'consent':
      consent(effect, scene);
      break;
    case 'age':
      age(effect, scene);
      break;
    case 'standing':
      standing(effect, scene);
      break;
    case 'set-field':
      setField(effect, scene);
      break;
    case 'assign-arm':
      assignArm(effect, scene);
      break;
    case 'expose':
      expose(effect, scene);
      break;
    case 'convert':
      convert(effect, scene);
      break;
    case 'tag':
      tag(effect, scene);
      break;
    case 'make-link':
      makeLink(effect, scene);
      break;
    case 'carry-voucher':
      carryVoucher(effect, scene);
      break;
    case 'call':
      call(effect, scene);
      break;
    case 'notify':
      notify(effect, scene);
      break;
    case 'reach-goal':
      // Goals outside experiments are read from the trail; nothing is written twice.
      break;
    default:
      assertNever(effect);
  }
}
