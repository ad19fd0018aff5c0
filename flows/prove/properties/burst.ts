import { warning } from '../../definition/issue.ts';
import { heaviestBreaths } from '../breaths.ts';
import type { Edge } from '../explore.ts';
import { isText } from '../happenings.ts';
import { pathTo } from '../paths.ts';
import { isSent } from '../settle.ts';
import { witness } from '../witness.ts';
import type { Found, Property, Subject } from './property.ts';

/** One text of a person's is not answered with a flood. */
export const burst: Property = {
  id: 'burst',
  promise: 'One text is answered with a few texts at most.',
  severity: 'warning',
  owns: [],
  check({ ground, exploration }: Subject): Found[] {
    const most = ground.world.textsPerMessage;
    const worst = heaviestBreaths(exploration, sendsOn)
      .filter(({ first, weight }) => first.happening && isText(first.happening) && weight > most)
      .reduce<ReturnType<typeof heaviestBreaths>[number] | null>(
        (found, one) => (found && found.weight >= one.weight ? found : one),
        null,
      );
    if (!worst) return [];
    const { weight, first, path } = worst;
    const shows = witness(
      ground,
      exploration,
      [...pathTo(exploration, first), ...path.slice(1)],
      (rehearsal) => {
        const effects = rehearsal.decisions.at(-1)?.effects ?? [];
        return effects.filter((effect) => effect.kind === 'send').length > most;
      },
    );
    const last = path.findLast((edge) => sendsOn(edge) > 0);
    const node = last?.notes.findLast(isSent)?.node ?? '';
    const sentence = `One text is answered with ${weight} texts, the last of them ${ground.drawing.name(node)}. Put some of them into one, or wait in between.`;
    return [{ ...warning('text.burst', sentence, { node }), witness: shows }];
  },
};

const sendsOn = ({ notes }: Edge): number => notes.filter(isSent).length;
