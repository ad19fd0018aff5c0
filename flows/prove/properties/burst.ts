import { warning } from '../../definition/issue.ts';
import { heaviestBreath } from '../breaths.ts';
import type { Edge } from '../explore.ts';
import { isText } from '../happenings.ts';
import { isSent } from '../notes.ts';
import { witnessAlong } from '../witness.ts';
import type { Property } from './property.ts';

/** One text of a person's is not answered with a flood. */
export const burst: Property = {
  id: 'burst',
  promise: 'One text is answered with a few texts at most.',
  severity: 'warning',
  owns: [],
  check({ ground, exploration }) {
    const most = ground.world.textsPerMessage;
    const worst = heaviestBreath(exploration, sendsOn, isText);
    if (!worst || worst.weight <= most) return [];
    const shows = witnessAlong(exploration, worst.path, ({ decisions }) => {
      const effects = decisions.at(-1)?.effects ?? [];
      return effects.filter((effect) => effect.kind === 'send').length > most;
    });
    const node = worst.path.findLast((edge) => sendsOn(edge) > 0)?.notes.findLast(isSent)?.node ?? '';
    const sentence = `One text is answered with ${worst.weight} texts, the last of them ${ground.drawing.name(node)}. Put some of them into one, or wait in between.`;
    return [{ ...warning('text.burst', sentence, { node }), witness: shows }];
  },
};

const sendsOn = ({ notes }: Edge): number => notes.filter(isSent).length;
