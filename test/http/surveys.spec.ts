import { beforeAll, describe, expect, test } from '@jest/globals';
import { surveySentence } from '#server/surveys/survey-words.ts';
import { branchesOf, npsOf } from '#server/surveys/measure-scores.ts';
import { stageDemo } from '../support/demo-stage.ts';

const stage = stageDemo();
let survey: string;
let flowId: string;

/** A text to the demo's survey from somebody who answers with a score. */
async function rates(score: string, from = stage.person()): Promise<string> {
  await stage.says(from, 'RATE');
  await stage.says(from, score);
  return from;
}

beforeAll(async () => {
  const [found] = (await stage.owner.get('/api/surveys')).body;
  flowId = found.flow.id;
  survey = `/api/surveys/${flowId}/${found.answer}`;
});

describe('a score', () => {
  test('is listed from its publication on', async () => {
    expect((await stage.owner.get('/api/surveys')).body).toEqual([
      {
        flow: { id: flowId, name: expect.any(String) },
        answer: 'score',
        name: 'Score',
        people: 0,
        promoters: 0,
        passives: 0,
        detractors: 0,
        score: null,
        interval: null,
      },
    ]);
    expect((await stage.owner.get(survey)).body).toMatchObject({
      sentence: 'Nobody has given a score yet.',
      by: null,
      branches: [],
      comparisons: [],
    });
  });

  test('counts each person by the newest score they gave', async () => {
    const changed = await rates('3');
    await stage.says(changed, 'It was cold.');
    await rates('10', changed);
    await rates('9');
    await rates('8');
    await rates('nonsense');
    const { body } = await stage.owner.get(survey);
    expect(body).toMatchObject({ people: 3, promoters: 2, passives: 1, detractors: 0 });
    expect(body.score).toBeCloseTo(200 / 3, 10);
    expect(body.interval.low).toBeLessThan(body.score);
    expect(body.scores.filter(({ people }: { people: number }) => people > 0)).toEqual([
      { score: 8, people: 1 },
      { score: 9, people: 1 },
      { score: 10, people: 1 },
    ]);
    expect(body.sentence).toMatch(
      /^The score is 67, from 3 people; with 95\u00a0% certainty it lies between/,
    );
  });

  test('is told apart by the versions that people had met', async () => {
    const offered = stage.person();
    await stage.says(offered, 'OFFER');
    await rates('2', offered);
    const { body } = await stage.owner.get(`${survey}?by=offer`);
    expect(body.by).toBe('offer');
    expect(body.people).toBe(4);
    expect(body.branches.map(({ arm }: { arm: string }) => arm)).toEqual(['half', 'double']);
    const met = body.branches.filter(({ people }: { people: number }) => people > 0);
    expect(met).toMatchObject([{ people: 1, detractors: 1, score: -100 }]);
    expect(body.sentence).toMatch(/It is too early to compare versions/);
  });

  test('leaves out who met a version only afterwards', async () => {
    const late = await rates('10');
    await stage.says(late, 'OFFER');
    const { body } = await stage.owner.get(`${survey}?by=offer`);
    const people = body.branches.reduce((sum: number, branch: { people: number }) => sum + branch.people, 0);
    expect([body.people, people]).toEqual([5, 1]);
  });

  test('can be taken along as a file', async () => {
    const { text, headers } = await stage.owner.get(`${survey}/export?by=offer`);
    expect(headers.get('content-disposition')).toBe('attachment; filename="nps-score.csv"');
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF?test,arm,label,people,promoters,passives,detractors,nps,/);
    expect(lines[1]).toMatch(/^,,everybody,5,3,1,1,40\.00,/);
    expect(lines.slice(2).map((line) => line.split(',').slice(0, 3).join())).toEqual([
      'offer,half,50OFF',
      'offer,double,2FOR1',
    ]);
  });

  test('is forgotten with the person', async () => {
    const gone = await rates('0');
    expect((await stage.owner.get(survey)).body.people).toBe(6);
    const { id } = await stage.found(gone);
    expect((await stage.owner.delete(`/api/contacts/${id}`)).status).toBe(204);
    expect((await stage.owner.get(survey)).body.people).toBe(5);
  });

  test.each([
    ['/none', 404, 'survey.not-found'],
    ['/score?by=none', 422, 'survey.test-unknown'],
    ['/1score', 400, 'path.invalid'],
  ])('is not found at %s', async (path, status, code) => {
    const answer = await stage.owner.get(`/api/surveys/${flowId}${path}`);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe('a score in sentences', () => {
  const given = (arm: string, promoters: number, passives: number, detractors: number) => [
    { arm, score: 10, people: promoters },
    { arm, score: 8, people: passives },
    { arm, score: 0, people: detractors },
  ];
  const ARMS = [
    { id: 'a', label: 'Short' },
    { id: 'b', label: 'Long' },
  ];
  const sentence = (counts: ReturnType<typeof given>) =>
    surveySentence({ ...npsOf(counts), ...branchesOf(ARMS, counts) });

  test.each([
    [given('a', 5, 3, 2), 'It is too early to compare versions: at least 20 people of each have to answer.'],
    [
      [...given('a', 100, 100, 100), ...given('b', 105, 100, 95)],
      'No clear difference between versions so far: what “Long” scores more than “Short” lies between −18 and +25 points.',
    ],
    [
      [...given('a', 300, 200, 100), ...given('b', 100, 200, 300)],
      '“Short” scores better than “Long”, by 50 to 83 points.',
    ],
  ])('%j', (counts, words) => {
    // The figures are the statistics' own affair; here it matters that they are put into these words.
    const figures = /[+−]?\d+/g;
    expect(sentence(counts).replace(figures, '#')).toContain(words.replace(figures, '#'));
  });
});
