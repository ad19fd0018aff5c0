import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Phone } from '#flows/engine/phone.ts';
import { buildSenderWorld } from '#flows/engine/sender-world.ts';
import type { ProgramTexts, PublishedFlow } from '#flows/engine/world.ts';
import { normalise, words } from '#shared/sms/text.ts';
import { PERSON, published, PROGRAM, SENDER, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';

const REVOCATIONS = JSON.parse(
  readFileSync(new URL('../shared/revocation-cases.json', import.meta.url), 'utf8'),
) as { text: string; country: string; languages: string[]; is: 'certain' | 'unsure' | 'none' }[];

interface Options {
  keywords?: string[];
  interruptible?: { by: 'keywords' | 'nothing'; except: string[] };
  answers?: { id: string; words: string[]; tests?: object[] }[];
}

/** A flow that asks one question and repeats the answer. */
function asks(flowId: string, keyword: string, question: string, options: Options = {}): PublishedFlow {
  const answers = options.answers ?? [
    { id: 'yes', words: ['YES'] },
    { id: 'no', words: ['NO'] },
  ];
  const ports = answers.length > 0 ? [...answers.map(({ id }) => id), 'other'] : ['answered'];
  return published(
    {
      schemaVersion: 1,
      name: flowId,
      triggers: [{ kind: 'keyword', words: [keyword, ...(options.keywords ?? [])] }],
      interruptible: options.interruptible ?? { by: 'keywords', except: [] },
      nodes: [
        {
          id: 'ask',
          kind: 'question',
          config: { text: question, answers, retries: 1, timeout: '24h', saveAs: 'answer' },
        },
        ...ports.map((port) => ({
          id: `on-${port}`,
          kind: 'message',
          config: { text: `${flowId}: ${port}`, purpose: 'service' },
        })),
        {
          id: 'on-timeout',
          kind: 'question',
          config: { text: `${flowId}: still there?`, answers, purpose: 'service', timeout: '24h' },
        },
      ],
      edges: [
        ...ports.map((port) => ({ from: 'ask', port, to: `on-${port}` })),
        { from: 'ask', port: 'timeout', to: 'on-timeout' },
        ...ports.map((port) => ({ from: 'on-timeout', port, to: `on-${port}` })),
      ],
      start: 'ask',
    },
    flowId,
  );
}

const phoneWith = (...flows: PublishedFlow[]) =>
  new Phone({ world: worldOf(flows), phone: PERSON, startAt: 0 });
const tea = asks('tea', 'TEA', 'Tea?');
const cake = asks('cake', 'CAKE', 'Cake?');

describe('several conversations with one person', () => {
  test('a keyword interrupts; when its flow is done, the question set aside is asked again', () => {
    const phone = phoneWith(tea, cake);
    expect(phone.says('TEA')).toEqual(['Tea?']);
    expect(phone.says('CAKE')).toEqual(['Cake?']);
    expect(phone.says('yes')).toEqual(['cake: yes', 'Tea?']);
    expect(phone.says('no')).toEqual(['tea: no']);
  });

  test('the keyword of a question set aside brings it back, and a bare answer is then its own', () => {
    const phone = phoneWith(tea, cake);
    phone.says('TEA');
    phone.says('CAKE');
    expect(phone.says('tea')).toEqual(['Tea?']);
    expect(phone.says('yes')).toEqual(['tea: yes', 'Cake?']);
  });

  test('an answer only an older question knows goes to it', () => {
    const juice = asks('juice', 'JUICE', 'Juice?', { answers: [{ id: 'apple', words: ['APPLE'] }] });
    const phone = phoneWith(juice, cake);
    phone.says('JUICE');
    phone.says('CAKE');
    expect(phone.says('apple')).toEqual(['juice: apple']);
    expect(phone.decisions.at(-1)?.route).toMatchObject({
      by: 'older-answer',
      flowId: 'juice',
      category: 'apple',
    });
    expect(phone.says('yes')).toEqual(['cake: yes']);
  });

  test('an answer that the newest question asked for wins over the keyword of another flow', () => {
    const menu = asks('menu', 'MENU', 'Tea or cake?', {
      answers: [
        { id: 'tea', words: ['TEA'] },
        { id: 'cake', words: ['CAKE'] },
      ],
    });
    const phone = phoneWith(menu, tea, cake);
    phone.says('MENU');
    expect(phone.says('CAKE')).toEqual(['menu: cake']);
    expect(phone.says('CAKE')).toEqual(['Cake?']);
  });

  test('a flow may keep keywords out, and let single ones in', () => {
    const strict = asks('strict', 'STRICT', 'Sure?', { interruptible: { by: 'nothing', except: ['cake'] } });
    const phone = phoneWith(strict, tea, cake);
    phone.says('STRICT');
    expect(phone.says('TEA')).toEqual(['Sure?']);
    expect(phone.decisions.at(-1)?.route).toMatchObject({ by: 'catch-all', category: 'other' });
    expect(phone.says('CAKE')).toEqual(['Cake?']);
  });

  test('a flow may be open to keywords except a few', () => {
    const open = asks('open', 'OPEN', 'Open?', { interruptible: { by: 'keywords', except: ['Tea'] } });
    const phone = phoneWith(open, tea, cake);
    phone.says('OPEN');
    expect(phone.says('tea')).toEqual(['Open?']);
    expect(phone.says('cake')).toEqual(['Cake?']);
  });

  test('a question set aside that runs out of time goes on, and its next question is open', () => {
    const phone = phoneWith(tea, cake);
    phone.says('TEA');
    phone.wait(3_600);
    phone.says('CAKE');
    phone.says('no');
    phone.says('CAKE');
    expect(phone.wait(24 * 3_600)).toContain('cake: still there?');
    expect(phone.contact.runs.filter(({ status }) => status === 'parked')).toEqual([]);
  });

  test('HELP and INFO: one always answers, the other yields to a keyword', () => {
    const info = asks('info', 'INFO', 'Which info?');
    expect(phoneWith(info).says('INFO')).toEqual(['Which info?']);
    expect(phoneWith(tea).says('INFO')).toEqual([PROGRAM.help]);
    expect(phoneWith(info).says('HELP')).toEqual([PROGRAM.help]);
  });

  test('STOP ends them all, wherever they stand', () => {
    const phone = phoneWith(tea, cake);
    phone.says('TEA');
    phone.says('CAKE');
    expect(phone.says('STOP')).toEqual([PROGRAM.stopped]);
    expect(phone.contact.runs.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped']);
    expect(phone.says('yes')).toEqual([PROGRAM.restarted]);
    expect(phone.wait(48 * 3_600)).toEqual([]);
  });
});

describe('somebody who wants an agent', () => {
  const AGENT = 'We call you back tomorrow.';
  const phoneWithAgent = (...flows: PublishedFlow[]) => {
    const program = { ...PROGRAM, agent: AGENT };
    return new Phone({
      world: buildSenderWorld({ ...SENDER, languages: ['en', 'de'], program, lists: new Map(), flows }),
      phone: PERSON,
      startAt: 0,
    });
  };

  test.each(['AGENT', 'human!', 'Mitarbeiter', 'real person'])(
    '%s is answered, and the question asked again',
    (text) => {
      const phone = phoneWithAgent(tea);
      phone.says('TEA');
      expect(phone.says(text)).toEqual([AGENT, 'Tea?']);
      expect(phone.decisions.at(-1)?.route).toMatchObject({ by: 'reserved', meaning: 'agent' });
      expect(phone.says('yes')).toEqual(['tea: yes']);
    },
  );

  test('HELP returns to the exact question as well, also behind an unclear reply', () => {
    const phone = phoneWithAgent(tea);
    phone.says('TEA');
    expect(phone.says('hm')).toEqual(['Tea?']);
    expect(phone.says('HELP')).toEqual([PROGRAM.help, 'Tea?']);
    expect(phone.says('hm')).toEqual(['tea: other']);
  });

  test('is not heard where a keyword or an answer is meant, after STOP, and where the program has no answer', () => {
    const agent = asks('agent', 'AGENT', 'Which agent?', { answers: [{ id: 'human', words: ['HUMAN'] }] });
    const phone = phoneWithAgent(agent);
    expect(phone.says('agent')).toEqual(['Which agent?']);
    expect(phone.says('human')).toEqual(['agent: human']);
    const stopped = phoneWithAgent(tea);
    stopped.says('STOP');
    expect(stopped.says('AGENT')).toEqual([]);
    expect(phoneWith(tea).says('AGENT')).toEqual([]);
  });
});

describe('a wish to hear no more in other words', () => {
  test.each(['Stop. Thank you', 'please stop texting me', 'remove me', '🛑', 'sotp'])(
    '%s is STOP',
    (text) => {
      const phone = phoneWith(tea);
      phone.says('TEA');
      expect(phone.says(text)).toEqual([PROGRAM.stopped]);
    },
  );

  test.each(['shop', 'stop by tomorrow?', 'we have got to stop this terrible bill'])('%s is not', (text) => {
    const phone = phoneWith(tea);
    phone.says('TEA');
    expect(phone.says(text)).toEqual(['Tea?']);
  });

  test.each(['unsub', 'STPO', '🛑'])('%s is one to a question that takes any word', (text) => {
    const tests = [{ test: 'pattern', pattern: '.+', example: 'A1' }];
    const code = asks('code', 'CODE', 'Which code?', { answers: [{ id: 'any', words: [], tests }] });
    const phone = phoneWith(code);
    phone.says('CODE');
    expect(phone.says('A1')).toEqual(['code: any']);
    phone.says('CODE');
    expect(phone.says(text)).toEqual([PROGRAM.stopped]);
  });

  test('yields to a keyword or an answer that is the whole text', () => {
    const slip = asks('slip', 'SOTP', 'Soup of the pot?', {
      answers: [{ id: 'leave', words: ['leave me alone'] }],
    });
    const phone = phoneWith(slip);
    expect(phone.says('sotp')).toEqual(['Soup of the pot?']);
    expect(phone.says('Leave me alone!')).toEqual(['slip: leave']);
  });
});

describe('words that may be a STOP', () => {
  const club = (match: string, word: string, kind = 'keyword') =>
    published({
      schemaVersion: 1,
      name: 'Club',
      triggers: [kind === 'unmatched' ? { kind } : { kind, words: [word], match }],
      nodes: [
        { id: 'join', kind: 'subscribe', config: { list: 'news' } },
        { id: 'in', kind: 'message', config: { text: "You're in.", purpose: 'reply' } },
      ],
      edges: [{ from: 'join', port: 'next', to: 'in' }],
      start: 'join',
    });
  const phoneIn = (...flows: PublishedFlow[]) =>
    new Phone({ world: worldOf(flows, { news: 'single' }), phone: PERSON, startAt: 0 });
  const standing = ({ contact }: Phone) => [
    contact.stopped ? 'stopped' : contact.frozen ? 'frozen' : 'open',
    contact.consents.news?.state ?? 'none',
  ];

  /** Texts that revoke, or may, each with a word of it that is not its first. */
  const wishes = REVOCATIONS.filter(
    ({ is, country, languages }) => is !== 'none' && country === 'US' && !languages.includes('es'),
  )
    .map(({ text, is }) => ({ text, is, words: words(normalise(text)) }))
    .filter(({ words }) => words.length > 1);

  test('begin no flow whose keyword only stands somewhere in them, and put nobody on a list', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...wishes),
        fc.constantFrom('contains', 'phrase', 'pattern'),
        fc.nat(),
        ({ text, is, words: said }, match, at) => {
          const [first, ...rest] = said;
          const word = rest[at % rest.length] ?? '';
          fc.pre(word !== first && /^[a-z]{3,}$/.test(word));
          const phone = phoneIn(club(match, word));
          const heard = phone.says(text);
          expect(phone.contact.runs).toEqual([]);
          expect([heard, standing(phone)]).toEqual(
            is === 'certain' ? [[PROGRAM.stopped], ['stopped', 'none']] : [[], ['frozen', 'none']],
          );
        },
      ),
    );
  });

  test('are no consent where another flow takes them, nor is what comes while they are unread', () => {
    const phone = phoneIn(club('', '', 'unmatched'), club('exact', 'JOIN'));
    expect(phone.says('who is this?')).toEqual(["You're in."]);
    expect(standing(phone)).toEqual(['frozen', 'pending']);
    phone.says('wrong number');
    expect(standing(phone)).toEqual(['frozen', 'pending']);
    phone.says('JOIN');
    expect(standing(phone)).toEqual(['open', 'confirmed']);
  });

  test('are none where they are a keyword, word for word', () => {
    const phone = phoneIn(club('exact', 'Wrong number'));
    expect(phone.says('wrong number')).toEqual(["You're in."]);
    expect(standing(phone)).toEqual(['open', 'confirmed']);
  });

  test('take away no consent that is there until somebody has read them', () => {
    const phone = phoneIn(club('', '', 'unmatched'));
    phone.says('hello');
    expect(standing(phone)).toEqual(['open', 'confirmed']);
    phone.says('who is this?');
    expect(standing(phone)).toEqual(['frozen', 'confirmed']);
  });
});

describe('the keyword of a flow that is not running', () => {
  const CLOSED = 'Not now.';
  const win = published(
    {
      schemaVersion: 1,
      name: 'Win',
      triggers: [{ kind: 'keyword', words: ['WIN'], match: 'contains' }],
      nodes: [],
      edges: [],
      start: 'none',
    },
    'win',
  );
  const phoneWithClosed = (program: Partial<ProgramTexts>, ...flows: PublishedFlow[]) => {
    const facts = { ...SENDER, program: { ...PROGRAM, ...program }, lists: new Map(), flows };
    return new Phone({
      world: buildSenderWorld({ ...facts, closedFlows: [cake, win] }),
      phone: PERSON,
      startAt: 0,
    });
  };

  test('is answered with the words of the program, where it has some', () => {
    const phone = phoneWithClosed({ closed: CLOSED });
    expect(phone.says('Cake!')).toEqual([CLOSED]);
    expect(phone.decisions.at(-1)?.route).toEqual({ by: 'closed', word: 'CAKE', flowId: 'cake' });
    expect(phoneWithClosed({}).says('CAKE')).toEqual([]);
  });

  test('comes after a question that is open, and after STOP it is not answered', () => {
    const phone = phoneWithClosed({ closed: CLOSED }, tea);
    phone.says('TEA');
    expect(phone.says('CAKE')).toEqual(['Tea?']);
    phone.says('STOP');
    expect(phone.says('CAKE')).toEqual([]);
  });

  test('is not meant by words that may be a STOP unless they begin with it', () => {
    expect(phoneWithClosed({ closed: CLOSED }).says('STOP this, I never want to WIN again')).toEqual([]);
    expect(phoneWithClosed({ closed: CLOSED }).says('I want to WIN again')).toEqual([CLOSED]);
    expect(phoneWithClosed({ closed: CLOSED }).says('Cake? Wrong number')).toEqual([CLOSED]);
  });
});

describe('late and lost events', () => {
  test('a wake-up of a question answered meanwhile does nothing', () => {
    const phone = phoneWith(tea);
    phone.says('TEA');
    phone.says('yes');
    expect(phone.wait(48 * 3_600)).toEqual([]);
  });

  test('a run whose step is gone fails alone and says why', () => {
    const phone = phoneWith(tea, cake);
    phone.says('TEA');
    const [run] = phone.contact.runs;
    if (run) run.position = { ...run.position, node: 'gone' };
    phone.wait(24 * 3_600);
    expect(run?.outcome).toBe('failed');
    const steps = phone.decisions.at(-1)?.trails.flatMap((trail) => trail.steps);
    expect(steps).toContainEqual({
      do: 'failed',
      error: expect.stringMatching(/^The engine met a fault/),
      fault: expect.any(String),
    });
    expect(phone.says('CAKE')).toEqual(['Cake?']);
  });

  test('nobody is told anything twice by a text that means nothing', () => {
    expect(phoneWith(tea).says('hello')).toEqual([]);
  });
});
