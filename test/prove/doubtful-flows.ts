import type { Broken } from './broken-flows.ts';
import { ask, end, FIRST, HELLO, say } from './draw.ts';

const news = { lists: { news: { optIn: 'double', asksHours: 72 } } } as const;

/** Doubts: at least one for every property that warns. */
export const DOUBTFUL: readonly Broken[] = [
  {
    breaks: 'reachable',
    codes: ['node.unreachable'],
    flow: {
      nodes: { hello: say(FIRST), lost: say('Hello?'), done: end },
      edges: ['hello.next > done', 'lost.next > done'],
    },
  },
  {
    breaks: 'reachable',
    codes: ['line.never'],
    flow: {
      nodes: {
        fork: [
          'branch',
          {
            cases: [
              { id: 'old', when: { variable: 'contact.age', operator: 'greater', value: 17 } },
              { id: 'older', when: { variable: 'contact.age', operator: 'greater', value: 64 } },
            ],
          },
        ],
        hello: say(FIRST),
        done: end,
      },
      edges: ['fork.old > hello', 'fork.older > hello', 'fork.else > hello', 'hello.next > done'],
    },
  },
  {
    breaks: 'answer-chosen',
    codes: ['answer.twice', 'answer.never', 'line.never'],
    flow: {
      nodes: {
        ask: ask(FIRST, {
          answers: [
            { id: 'yes', words: ['YES', 'OK'] },
            { id: 'sure', words: ['OK'] },
          ],
        }),
        done: end,
      },
      edges: ['ask.yes > done', 'ask.sure > done', 'ask.other > done', 'ask.timeout > done'],
    },
  },
  {
    breaks: 'wait-ends',
    codes: ['wait.endless'],
    flow: {
      nodes: { ask: ask(FIRST, { timeout: undefined }), done: end },
      edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done'],
    },
  },
  {
    breaks: 'burst',
    codes: ['text.burst'],
    flow: {
      nodes: { one: say(FIRST), two: say('Two'), three: say('Three'), four: say('Four'), done: end },
      edges: ['one.next > two', 'two.next > three', 'three.next > four', 'four.next > done'],
    },
    shows: `> GO\n< ${HELLO}\n< Two\n< Three\n< Four`,
  },
  {
    breaks: 'parts-in-budget',
    codes: ['text.dear'],
    flow: {
      nodes: { hello: say(`${FIRST} Don’t wait.`), done: end },
      edges: ['hello.next > done'],
    },
  },
  {
    breaks: 'translated',
    codes: ['translation.missing'],
    flow: {
      languages: ['en', 'fr'],
      nodes: { hello: say(FIRST), done: end },
      edges: ['hello.next > done'],
    },
  },
  {
    breaks: 'first-text',
    codes: ['text.first'],
    flow: { nodes: { hello: say('Hello!'), done: end }, edges: ['hello.next > done'] },
  },
  {
    breaks: 'offered-word',
    codes: ['text.offers-stop-word'],
    flow: {
      nodes: { hello: say(`${FIRST} Reply CANCEL to move your appointment.`), done: end },
      edges: ['hello.next > done'],
    },
  },
  {
    breaks: 'question-lapses',
    codes: ['opt-in.late'],
    world: news,
    flow: {
      nodes: { join: ['confirm', { text: FIRST, list: 'news', retries: 0, timeout: '4d' }], done: end },
      edges: ['confirmed', 'declined', 'unclear', 'timeout', 'suppressed'].map(
        (port) => `join.${port} > done`,
      ),
    },
  },
];
