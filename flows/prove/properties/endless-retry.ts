import { error } from '../../definition/issue.ts';
import type { Edge } from '../explore.ts';
import type { Ground } from '../ground.ts';
import { pathTo, wayTo } from '../paths.ts';
import { roundsOver } from '../rounds.ts';
import { witness } from '../witness.ts';
import type { Found, Property } from './property.ts';

/** Nobody who says nothing, or nothing clear, is asked again and again for ever. Retries inside a question are counted by its own places. */
export const endlessRetry: Property = {
  id: 'endless-retry',
  promise: 'Asking again comes to an end.',
  severity: 'error',
  owns: [],
  check({ ground, exploration }) {
    const isIdle = ({ happening, doubtful }: Edge): boolean =>
      !doubtful && (happening === null || happening.kind === 'timeout' || isUnclear(happening));
    return roundsOver(exploration, isIdle).flatMap((round): Found[] => {
      const inside = new Set(round);
      const again = round.find((edge) => edge.happening && isQuestion(nodeAt(edge), ground));
      if (!again) return [];
      const node = nodeAt(again);
      const there = pathTo(exploration, again);
      const back = wayTo(exploration, {
        from: [again.to],
        wanted: ({ to, id }) => to === again.from || id === again.id,
        avoid: (edge) => !inside.has(edge),
      });
      const shows = witness(ground, exploration, back ? [...there, ...back] : there, ({ run, trail }) => {
        const rounds = trail.filter((step) => step.do === 'pass' && step.to === node).length;
        return rounds > 1 && run?.position.node === node && run.status !== 'ended';
      });
      const sentence = `Whoever never gives ${ground.drawing.name(node)} a clear answer is asked again for ever. Let “Anything else” and “No reply” lead on; a question asks again by itself as often as you say.`;
      return [{ ...error('retry.endless', sentence, { node }), witness: shows }];
    });

    function nodeAt({ from }: Edge): string {
      return exploration.states[from]?.node ?? '';
    }
  },
};

const isUnclear = (happening: NonNullable<Edge['happening']>): boolean =>
  happening.kind === 'reply' && happening.category === 'other';

const isQuestion = (node: string, { parsed }: Ground): boolean => Boolean(parsed.nodes.get(node)?.classify);
