import { describe, expect, test } from '@jest/globals';
import { prove } from '#flows/prove/prove.ts';
import { type ProofWorld, proofWorld } from '#flows/prove/world.ts';
import { end, FIRST, parsed, say } from './draw.ts';

/** What the first text of a flow does not say. */
const missing = (text: string, program: Partial<ProofWorld['program']> = {}, country = 'US') => {
  const flow = parsed({ nodes: { hello: say(text), done: end }, edges: ['hello.next > done'] });
  const world = proofWorld({
    lists: {},
    otherFlows: [],
    country,
    program: { brand: 'Bluebird', ...program },
  });
  const found = prove(flow, world).findings.find(({ code }) => code === 'text.first');
  return found ? (/does not say (.*)\.$/.exec(found.message)?.[1] ?? found.message) : null;
};

describe('the first text of a program', () => {
  test('says how often texts come, where the program has said so', () => {
    const frequency = '4 msgs/month';
    expect(missing(FIRST)).toBeNull();
    expect(missing(FIRST, { frequency })).toBe('how often texts come (“4 msgs/month”)');
    for (const words of [
      '4 msgs/month.',
      'Up to 3 texts a week.',
      'Msg frequency varies.',
      '1 alert per day.',
    ])
      expect(missing(`${FIRST} ${words}`, { frequency })).toBeNull();
  });

  test('says so in words, not in passing in a link', () => {
    const rates = 'Msg & data rates may apply.';
    expect(missing(`Bluebird: HELP for help, STOP to end. ${rates}`)).toBeNull();
    expect(missing(`Bluebird: bluebird.example/help, https://bluebird.example/stop ${rates}`)).toBe(
      'HELP and STOP',
    );
    expect(missing(`Welcome to bluebird.example! HELP for help, STOP to end. ${rates}`)).toBe(
      'who sends it ({{program.brand}})',
    );
    expect(missing('Bluebird: HELP for help, STOP to end.')).toBe('“Msg&data rates may apply.”');
    expect(missing('Bluebird: HELP for help, STOP to end.', {}, 'GB')).toBeNull();
  });
});
