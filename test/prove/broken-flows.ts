import { definitionHash } from '#flows/prove/hash/definition-hash.ts';
import type { proofWorld } from '#flows/prove/world.ts';
import { ask, BRAND, drawn, end, FIRST, HELLO, parsed, say, type Sketch } from './draw.ts';

/** A flow that breaks one promise and no other. */
export interface Broken {
  breaks: string;
  codes: readonly string[];
  flow: Sketch;
  world?: Parameters<typeof proofWorld>[0];
  /** The conversation that shows it, as people read it; left out where no conversation can. */
  shows?: string;
}

const club = { lists: { club: { optIn: 'single' }, news: { optIn: 'double' } } } as const;
const wine = { lists: { wine: { optIn: 'single', minimumAge: 21 } } } as const;
const AGE = { text: FIRST, years: 18, timeout: '1d' };
const two = { a: 1, b: 1 };
const arms = (weights: Record<string, number> = two) =>
  [
    'split',
    { experiment: 'test', arms: Object.entries(weights).map(([id, weight]) => ({ id, weight })) },
  ] as const;

/** A flow that may run inside another, as `parse` reads it. */
const GREETING = parsed({
  nodes: { hi: say('Hi.', { purpose: 'service' }), done: end },
  edges: ['hi.next > done'],
}).definition;
const holding = (definition: object, version: number): Sketch => ({
  nodes: {
    hello: say(FIRST),
    inside: [
      'subflow',
      { flow: { id: 'greeting', name: 'Greeting', version }, definition: { ...definition } },
    ],
    done: end,
  },
  edges: ['hello.next > inside', 'inside.done > done'],
});

/** Mistakes: at least one for every property that stops a flow, but for the gate, which no drawing can break. */
export const BROKEN: readonly Broken[] = [
  {
    breaks: 'dead-end',
    codes: ['port.open'],
    flow: {
      nodes: { ask: ask(FIRST), done: end },
      edges: ['ask.yes > done', 'ask.other > done', 'ask.timeout > done'],
    },
    shows: `> GO\n< ${HELLO}\n> NO`,
  },
  {
    breaks: 'dead-end',
    codes: ['port.open'],
    flow: {
      nodes: { hello: say(FIRST), enter: ['contest-entry', { contest: 'draw' }], done: end },
      edges: ['hello.next > enter', 'enter.entered > done', 'enter.already > done'],
    },
    shows: `> GO\n< ${HELLO}`,
  },
  {
    breaks: 'endless-round',
    codes: ['loop.no-wait'],
    flow: {
      nodes: {
        hello: say(FIRST),
        fork: ['branch', { cases: [{ id: 'vip', when: { variable: 'contact.vip', operator: 'is-set' } }] }],
        mark: ['set-field', { field: 'seen', value: { kind: 'yes-no', yes: true } }],
        done: end,
      },
      edges: ['hello.next > fork', 'fork.vip > mark', 'mark.next > fork', 'fork.else > done'],
    },
    shows: `> GO\n< ${HELLO}`,
  },
  {
    breaks: 'endless-round',
    codes: ['loop.no-wait'],
    flow: {
      nodes: {
        hello: ask(FIRST),
        one: ['set-field', { field: 'a', value: { kind: 'number', number: 1 } }],
        two: ['goal', { goal: 'g' }],
        done: end,
      },
      edges: [
        'hello.yes > one',
        'one.next > two',
        'two.next > one',
        'hello.no > done',
        'hello.other > done',
        'hello.timeout > done',
      ],
    },
    shows: `> GO\n< ${HELLO}\n> YES`,
  },
  {
    breaks: 'endless-round',
    codes: ['loop.no-wait'],
    flow: {
      nodes: { mark: ['set-field', { field: 'seen', value: { kind: 'yes-no', yes: true } }] },
      edges: ['mark.next > mark'],
    },
    shows: '> GO',
  },
  {
    breaks: 'endless-round',
    codes: ['chain.answers'],
    flow: {
      nodes: {
        hello: say(FIRST),
        ...Object.fromEntries(
          Array.from({ length: 9 }, (_, n) => [`e${n}`, ['contest-entry', { contest: `c${n}` }] as const]),
        ),
        done: end,
      },
      edges: [
        'hello.next > e0',
        ...Array.from({ length: 9 }, (_, n) =>
          ['entered', 'already', 'closed'].map((port) => `e${n}.${port} > ${n < 8 ? `e${n + 1}` : 'done'}`),
        ).flat(),
      ],
    },
    shows: `> GO\n< ${HELLO}`,
  },
  {
    breaks: 'endless-retry',
    codes: ['retry.endless'],
    flow: {
      nodes: { ask: ask(FIRST), sorry: say('Please say YES or NO.'), done: end },
      edges: [
        'ask.yes > done',
        'ask.no > done',
        'ask.other > sorry',
        'sorry.next > ask',
        'ask.timeout > done',
      ],
    },
    shows: `> GO\n< ${HELLO}\n> What is this?\n< Please say YES or NO.\n< ${HELLO}`,
  },
  {
    breaks: 'endless-retry',
    codes: ['retry.endless'],
    flow: {
      nodes: {
        ask: ask(FIRST, { purpose: 'service' }),
        week: ['delay', { duration: '7d' }],
        done: end,
      },
      edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > week', 'week.next > ask'],
    },
    shows: `> GO\n< ${HELLO}\n  … 1 day later\n  … 1 week later\n< ${HELLO}`,
  },
  {
    breaks: 'endless-retry',
    codes: ['retry.endless'],
    flow: {
      nodes: { hello: say(FIRST), stock: ['webhook', { url: 'https://shop.example.com/stock' }], done: end },
      edges: ['hello.next > stock', 'stock.ok > done', 'stock.error > done', 'stock.timeout > stock'],
    },
    shows: `> GO\n< ${HELLO}\n  ! webhook answers timeout\n  ! webhook answers timeout`,
  },
  {
    breaks: 'endless-retry',
    codes: ['retry.endless'],
    flow: {
      nodes: { code: say(FIRST, { purpose: 'code', delivery: '1h' }), done: end },
      edges: ['code.next > done', 'code.failed > code', 'code.timeout > done'],
    },
    shows: `> GO\n< ${HELLO}\n  ! delivery answers failed\n< ${HELLO}`,
  },
  {
    breaks: 'unset-variable',
    codes: ['variable.maybe-unset'],
    flow: {
      nodes: {
        name: ask(FIRST, { answers: [], saveAs: 'name' }),
        thanks: say('Thank you, {{answers.name}}.', { purpose: 'service' }),
        done: end,
      },
      edges: ['name.answered > thanks', 'name.timeout > thanks', 'thanks.next > done'],
    },
    shows: `> GO\n< ${HELLO}\n  … 1 day later\n< Thank you, .`,
  },
  {
    breaks: 'unset-variable',
    codes: ['variable.missing'],
    flow: {
      nodes: { hello: say(`Hi {{contact.firstName}}! ${FIRST}`), done: end },
      edges: ['hello.next > done'],
    },
    shows: `> GO\n< Hi ! ${HELLO}`,
  },
  {
    breaks: 'marketing-answered',
    codes: ['marketing.unanswered'],
    world: club,
    flow: {
      nodes: { offer: say(FIRST, { purpose: 'marketing', list: 'club' }), done: end },
      edges: ['offer.next > done'],
    },
    shows: '> GO',
  },
  {
    breaks: 'marketing-answered',
    codes: ['marketing.unanswered'],
    world: club,
    flow: {
      nodes: {
        confirm: ['confirm', { text: FIRST, list: 'news' }],
        offer: say('Half price! STOP to end.', { purpose: 'marketing', list: 'news' }),
        done: end,
      },
      edges: [
        'confirm.confirmed > offer',
        'confirm.declined > done',
        'confirm.unclear > offer',
        'confirm.timeout > done',
        'offer.next > done',
      ],
    },
    shows: `> GO\n< ${HELLO}\n> What is this?\n< ${HELLO}\n> What is this?`,
  },
  {
    breaks: 'double-opt-in',
    codes: ['opt-in.skipped'],
    world: club,
    flow: {
      nodes: { join: ['subscribe', { list: 'news' }], hello: say(FIRST), done: end },
      edges: ['join.next > hello', 'hello.next > done'],
    },
    shows: `> GO\n< ${HELLO}`,
  },
  {
    breaks: 'age-asked',
    codes: ['age.not-asked'],
    world: wine,
    flow: {
      nodes: { hello: say(FIRST), join: ['subscribe', { list: 'wine' }], done: end },
      edges: ['hello.next > join', 'join.next > done'],
    },
    shows: `> GO\n< ${HELLO}`,
  },
  {
    breaks: 'age-asked',
    codes: ['age.not-asked'],
    world: wine,
    flow: {
      nodes: { old: ['age', AGE], join: ['subscribe', { list: 'wine' }], done: end },
      edges: ['too-young', 'other', 'timeout', 'suppressed']
        .map((port) => `old.${port} > done`)
        .concat('old.old-enough > join', 'join.next > done'),
    },
    shows: `> GO\n< ${HELLO}\n> 1900-01-01`,
  },
  {
    breaks: 'join-asked',
    codes: ['opt-in.unasked'],
    world: { ...club, ordered: true },
    flow: {
      nodes: { hello: say(FIRST, { purpose: 'service' }), join: ['subscribe', { list: 'club' }], done: end },
      edges: ['hello.next > join', 'join.next > done'],
    },
    shows: `< ${HELLO}`,
  },
  {
    breaks: 'reply-answers',
    codes: ['purpose.not-a-reply'],
    flow: {
      nodes: { hello: say(FIRST), day: ['delay', { duration: '1d' }], more: say('And?'), done: end },
      edges: ['hello.next > day', 'day.next > more', 'more.next > done'],
    },
    shows: `> GO\n< ${HELLO}\n  … 1 day later`,
  },
  {
    breaks: 'one-way-sender',
    codes: ['sender.one-way'],
    world: { senders: [{ address: 'BLUEBIRD', kind: 'alphanumeric' }] },
    flow: {
      nodes: { ask: ask(FIRST), done: end },
      edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
    },
  },
  {
    breaks: 'reserved-word',
    codes: ['word.stop'],
    flow: {
      nodes: {
        ask: ask(FIRST, { answers: [{ id: 'leave', words: ['LEAVE', 'CANCEL'] }] }),
        done: end,
      },
      edges: ['ask.leave > done', 'ask.other > done', 'ask.timeout > done'],
    },
    shows: `> GO\n< ${HELLO}\n> CANCEL\n< ${BRAND}: You are unsubscribed and will receive no more messages. START to subscribe again.`,
  },
  {
    breaks: 'reserved-word',
    codes: ['word.stop'],
    flow: { keywords: ['GO', 'QUIT'], nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] },
    shows: `> QUIT\n< ${BRAND}: You are unsubscribed and will receive no more messages. START to subscribe again.`,
  },
  {
    breaks: 'reserved-word',
    codes: ['word.stop'],
    world: { country: 'GB', languages: ['fr'] },
    flow: { keywords: ['ARRET'], nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] },
    shows: `> ARRET\n< ${BRAND} : vous ne recevrez plus de messages de notre part. START pour vous réabonner.`,
  },
  {
    breaks: 'collision',
    codes: ['keyword.taken'],
    world: { otherFlows: [{ name: 'Old', triggers: [{ kind: 'keyword', words: ['Go!'], match: 'exact' }] }] },
    flow: { nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] },
    shows: '> GO',
  },
  {
    breaks: 'collision',
    codes: ['keyword.is-answer'],
    world: { otherFlows: [{ name: 'Quiz', answers: ['go', 'stay'] }] },
    flow: { nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] },
    shows: '> GO',
  },
  {
    breaks: 'collision',
    codes: ['answer.is-keyword'],
    world: { otherFlows: [{ name: 'Agree', triggers: [{ kind: 'keyword', words: ['YES'] }] }] },
    flow: {
      nodes: { ask: ask(FIRST), done: end },
      edges: ['ask.yes > done', 'ask.no > done', 'ask.other > done', 'ask.timeout > done'],
    },
  },
  {
    breaks: 'collision',
    codes: ['unmatched.taken'],
    world: { otherFlows: [{ name: 'Inbox', triggers: [{ kind: 'unmatched' }] }] },
    flow: {
      triggers: [
        { kind: 'keyword', words: ['GO'] },
        { kind: 'unmatched', sender: '12345' },
      ],
      nodes: { hello: say(FIRST), done: end },
      edges: ['hello.next > done'],
    },
  },
  {
    breaks: 'flows-inside',
    codes: ['subflow.unpublished'],
    world: { published: [{ id: 'greeting', version: 1, definitionHash: definitionHash(GREETING) }] },
    flow: holding(GREETING, 2),
  },
  {
    breaks: 'flows-inside',
    codes: ['subflow.changed'],
    world: { published: [{ id: 'greeting', version: 1, definitionHash: definitionHash(GREETING) }] },
    flow: holding({ ...GREETING, name: 'Another greeting' }, 1),
  },
  {
    breaks: 'flows-inside',
    codes: ['subflow.recursive'],
    world: { flowId: 'greeting', published: null },
    flow: holding(GREETING, 1),
  },
  {
    breaks: 'flows-inside',
    codes: ['subflow.recursive'],
    flow: holding(drawn(holding(GREETING, 1)), 2),
  },
  {
    breaks: 'flows-inside',
    codes: ['subflow.none'],
    flow: {
      nodes: { hello: say(FIRST), inside: ['subflow', { flow: null, definition: GREETING }], done: end },
      edges: ['hello.next > inside', 'inside.done > done'],
    },
  },
  {
    breaks: 'arm-goal',
    codes: ['arm.no-goal'],
    flow: {
      nodes: {
        test: arms(),
        a: say(FIRST),
        b: say(FIRST),
        won: ['goal', { goal: 'won' }],
        done: end,
      },
      edges: ['test.a > a', 'test.b > b', 'a.next > won', 'won.next > done', 'b.next > done'],
    },
  },
  {
    breaks: 'arm-goal',
    codes: ['split.no-weight'],
    flow: {
      nodes: { test: arms({ a: 0, b: 0 }), hello: say(FIRST), done: end },
      edges: ['test.a > hello', 'test.b > hello', 'hello.next > done'],
    },
  },
];
