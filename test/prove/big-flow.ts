import { ask, end, FIRST, say, type Sketch } from './draw.ts';

/**
 * A campaign of so many steps, of all kinds, that goes round: stations of ten steps each, with a question that asks again, a branch,
 * a contest, a test, lists and fields, every station leading on to the next or back to an earlier one.
 */
export function bigFlow(steps: number): Sketch {
  const stations = Math.max(1, Math.floor(steps / STATION));
  const nodes: Sketch['nodes'] = {};
  const edges: string[] = [];
  for (let n = 0; n < stations; n++) {
    const id = (name: string) => `${name}-${n}`;
    const next = n + 1 < stations ? `hello-${n + 1}` : 'done';
    const back = `day-${Math.max(0, n - (n % 5) - 3)}`;
    Object.assign(nodes, {
      [id('hello')]: say(n === 0 ? FIRST : `Welcome to station ${n}.`, { purpose: 'service' }),
      [id('ask')]: ask(`Station ${n}: go on?`, { retries: 2, purpose: 'service', saveAs: `choice${n % 7}` }),
      [id('fork')]: [
        'branch',
        {
          cases: [
            { id: 'near', when: { variable: `contact.city${n % 4}`, operator: 'equals', value: 'Paris' } },
            {
              id: 'seen',
              when: { variable: `answers.choice${(n + 6) % 7}`, operator: 'equals', value: 'yes' },
            },
          ],
        },
      ],
      [id('test')]: [
        'split',
        {
          experiment: `test-${n}`,
          arms: [
            { id: 'a', weight: 1 },
            { id: 'b', weight: 1 },
          ],
        },
      ],
      [id('more')]: say(`More of ${n} for {{contact.firstName | default: "you"}}.`, { purpose: 'service' }),
      [id('join')]: ['subscribe', { list: `list-${n % 3}` }],
      [id('offer')]: say('An offer! STOP to end.', { purpose: 'marketing', list: `list-${n % 3}` }),
      [id('won')]: ['goal', { goal: 'won' }],
      [id('day')]: ['delay', { duration: '1d' }],
      [id('keep')]: ['set-field', { field: `city${n % 4}`, value: { kind: 'text', text: 'Paris' } }],
    });
    edges.push(
      `${id('hello')}.next > ${id('ask')}`,
      `${id('ask')}.yes > ${id('fork')}`,
      `${id('ask')}.no > ${back}`,
      `${id('ask')}.other > ${id('day')}`,
      `${id('ask')}.timeout > ${next}`,
      `${id('fork')}.near > ${id('test')}`,
      `${id('fork')}.seen > ${id('join')}`,
      `${id('fork')}.else > ${id('more')}`,
      `${id('test')}.a > ${id('join')}`,
      `${id('test')}.b > ${id('more')}`,
      `${id('more')}.next > ${id('won')}`,
      `${id('join')}.next > ${id('offer')}`,
      `${id('offer')}.next > ${id('won')}`,
      `${id('won')}.next > ${id('keep')}`,
      `${id('keep')}.next > ${id('day')}`,
      `${id('day')}.next > ${next}`,
    );
  }
  return { nodes: { ...nodes, done: end }, edges };
}

const STATION = 10;
