import { expect, test } from '@jest/globals';
import { printTranscript } from '#flows/engine/transcript.ts';
import { generate } from '#flows/prove/generate.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import { ask, end, FIRST, parsed, say, type Sketch } from './draw.ts';

const WORLD = proofWorld({ lists: {}, otherFlows: [] });
const replies = (sketch: Sketch) => groundOf(parsed(sketch), WORLD).replies('ask');

const picture: Sketch = {
  nodes: {
    ask: [
      'collect',
      { text: FIRST, wanted: { kind: 'picture' }, saveAs: 'photo', retries: 0, timeout: '1h' },
    ],
    thanks: say('Lovely!'),
    done: end,
  },
  edges: ['ask.given > thanks', 'ask.other > done', 'ask.timeout > done'],
};

test('a picture is sent where a picture is asked for', () => {
  expect(replies(picture).map(({ category, media }) => [category, media.length])).toEqual([
    ['other', 0],
    ['given', 1],
  ]);
  const [finding] = prove(parsed(picture), WORLD).findings;
  expect(finding).toMatchObject({
    code: 'port.open',
    place: { node: 'thanks' },
    witness: { replayed: true },
  });
  expect(printTranscript(finding?.witness?.lines ?? [])).toContain('[https://example.com/picture.jpg]');
  const { uncovered } = generate(
    parsed({ ...picture, edges: [...picture.edges, 'thanks.next > done'] }),
    WORLD,
  );
  expect(uncovered).toEqual([]);
});

const bilingual = (answers: readonly unknown[]): Sketch => ({
  languages: ['en', 'fr'],
  translations: { fr: { 'ask.text': FIRST } },
  nodes: { ask: ask(FIRST, { answers }), done: end },
  edges: ['ask.other > done', 'ask.timeout > done'],
});

test('what can only be said in another language is said by those who speak it', () => {
  const sketch = bilingual([
    {
      id: 'agree',
      words: [],
      byLanguage: { fr: ['VOLONTIERS'] },
      tests: [{ test: 'pattern', pattern: '^never$', example: 'never' }],
    },
  ]);
  const found = replies(sketch).map(({ category, text, language }) => [category, text, language]);
  expect(found).toContainEqual(['agree', 'never', null]);
  const french = bilingual([
    { id: 'first', words: ['MERCI'] },
    { id: 'agree', words: ['merci'], byLanguage: { fr: ['volontiers'] } },
  ]);
  expect(replies(french).map(({ category, text, language }) => [category, text, language])).toContainEqual([
    'agree',
    'volontiers',
    'fr',
  ]);
  const finding = prove(parsed(french), WORLD).findings.find(
    ({ place }) => place.port === 'agree' && place.node === 'ask',
  );
  expect(finding?.witness).toMatchObject({ replayed: true, given: ['speaks fr'] });
});
