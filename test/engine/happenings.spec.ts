import { describe, expect, test } from '@jest/globals';
import { buildSenderWorld } from '#flows/engine/sender-world.ts';
import type {
  ContactState,
  Decision,
  Happening,
  ProgramTexts,
  PublishedFlow,
  Run,
} from '#flows/engine/world.ts';
import { happens, person } from '../support/deciding.ts';
import { PROGRAM, published, SENDER } from '../support/phone-stage.ts';

const message = (id: string, text: string) => ({ id, kind: 'message', config: { text, purpose: 'service' } });
const flowOf = (word: string, first: object, ports: readonly string[]): PublishedFlow =>
  published(
    {
      schemaVersion: 1,
      name: word,
      triggers: [{ kind: 'keyword', words: [word] }],
      nodes: [{ id: 'it', ...first }, ...ports.map((port) => message(`on-${port}`, `${word}: ${port}`))],
      edges: ports.map((port) => ({ from: 'it', port, to: `on-${port}` })),
      start: 'it',
    },
    word.toLowerCase(),
  );

const TEA = flowOf(
  'TEA',
  {
    kind: 'question',
    config: { text: 'Tea?', answers: [{ id: 'yes', words: ['YES'] }], timeout: '24h', purpose: 'service' },
  },
  ['yes', 'other', 'timeout'],
);
const PAY = flowOf(
  'PAY',
  { kind: 'wait-event', config: { event: 'paid', key: '{{answers.order}}', timeout: '24h' } },
  ['happened', 'timeout'],
);
const SEND = flowOf(
  'SEND',
  { kind: 'message', config: { text: 'Code', purpose: 'service', delivery: '24h' } },
  ['next', 'failed', 'timeout'],
);
const SAY = flowOf(
  'SAY',
  { kind: 'message', config: { text: 'Hi {{contact.name}} {{answers.size}}', purpose: 'service' } },
  ['next'],
);

const worldWith = (program: Partial<ProgramTexts> = {}) =>
  buildSenderWorld({
    ...SENDER,
    program: { ...PROGRAM, ...program },
    lists: new Map([['news', { optIn: 'single' }]]),
    flows: [TEA, PAY, SEND, SAY],
  });
const WORLD = worldWith();

/** Somebody, and what happens to them; ids count on. */
function onStage(contact: ContactState = person(0)) {
  const now = (happening: Happening, world = WORLD): Decision => happens(contact, happening, world);
  const says = (text: string, world = WORLD): Decision => now({ kind: 'message', text, at: 1 }, world);
  const run = (): Run => {
    const [newest] = contact.runs;
    if (!newest) throw new Error('Nobody runs.');
    return newest;
  };
  return { contact, now, says, run };
}

const heard = ({ effects }: Decision): string[] =>
  effects.flatMap((effect) => (effect.kind === 'send' ? [effect.text] : []));
const stepsOf = ({ trails }: Decision) => trails.flatMap(({ steps }) => steps);

describe('a wake-up', () => {
  test('lets the time of a wait run out, and is spent', () => {
    const { now, says, run } = onStage();
    says('TEA');
    const { id, seq } = run();
    expect(run().wakeAt).toBe(86_400_001);
    expect(heard(now({ kind: 'wake', runId: id, seq, at: 86_400_001 }))).toEqual(['TEA: timeout']);
    expect(run()).toMatchObject({ status: 'ended', wakeAt: null });
  });

  test('that comes before its question has gone out gives the time to answer anew', () => {
    const { now, says, run } = onStage();
    says('TEA');
    const { id, seq } = run();
    const early = now({ kind: 'wake', runId: id, seq, at: 86_400_001, asksAt: 90_000_000 });
    expect([heard(early), stepsOf(early)]).toEqual([[], [{ do: 'unasked' }]]);
    expect(run()).toMatchObject({ id, seq, status: 'active', wakeAt: 176_400_000 });
    // Nobody knows when: as long from now on.
    now({ kind: 'wake', runId: id, seq, at: 176_400_000, asksAt: 90_000_000 });
    expect(run().wakeAt).toBe(262_800_000);
    expect(heard(now({ kind: 'wake', runId: id, seq, at: 262_800_000 }))).toEqual(['TEA: timeout']);
  });

  test('that comes for another wait, or for a run that waits for nothing, is late', () => {
    const { now, says, run } = onStage();
    says('TEA');
    const { id, seq } = run();
    const early = now({ kind: 'wake', runId: id, seq: seq - 1, at: 9 });
    expect([heard(early), stepsOf(early)]).toEqual([[], [{ do: 'late', type: 'timeout' }]]);
    expect(run().status).toBe('active');
    run().wakeAt = null;
    expect(stepsOf(now({ kind: 'wake', runId: id, seq, at: 9 }))).toEqual([{ do: 'late', type: 'timeout' }]);
    expect(now({ kind: 'wake', runId: 'nobody', seq: 0, at: 9 })).toMatchObject({
      route: { by: 'wake', runId: 'nobody', flowId: null },
      trails: [],
    });
  });
});

describe('an answer from outside', () => {
  const answer = (runId: string, seq: number, outcome: string): Happening => ({
    ...{ kind: 'answer', runId, seq, effect: 'delivery', outcome },
    ...{ values: {}, message: null, at: 5 },
  });

  test('counts where the run still waits for it, of the runs that there are for the right one', () => {
    const { now, says, contact } = onStage();
    says('SEND');
    says('TEA');
    const waiting = contact.runs.find(({ flow }) => flow === SEND);
    const decision = now(answer(waiting?.id ?? '', waiting?.seq ?? 0, 'failed'));
    expect(heard(decision)).toEqual(['SEND: failed']);
    expect(decision.route).toEqual({ by: 'later', runId: waiting?.id, flowId: 'send' });
    expect(stepsOf(now(answer(waiting?.id ?? '', waiting?.seq ?? 0, 'failed')))).toEqual([
      { do: 'late', type: 'answer.delivery.failed' },
    ]);
  });

  test('is late where the run has gone on, and where nobody knows the run', () => {
    const { now, says, run } = onStage();
    says('SEND');
    const { id, seq } = run();
    for (const late of [answer(id, seq - 1, 'failed'), answer('nobody', 0, 'failed')]) {
      const decision = now(late);
      expect([heard(decision), stepsOf(decision)]).toEqual([
        [],
        [{ do: 'late', type: 'answer.delivery.failed' }],
      ]);
    }
    expect(run().status).toBe('active');
  });
});

describe('an event', () => {
  const paid = (key: string | null, name = 'paid'): Happening => ({
    kind: 'event',
    name,
    key,
    value: 5,
    at: 5,
  });
  const ordered = (order: string) => {
    const stage = onStage();
    stage.now({ kind: 'start', flow: PAY, answers: { order }, at: 1 });
    return stage;
  };

  test('reaches the run that waits for it under its key, give or take a space', () => {
    const { now, run } = ordered(' 77 ');
    const decision = now(paid('77 '));
    expect([heard(decision), decision.route]).toEqual([
      ['PAY: happened'],
      { by: 'event', runId: run().id, flowId: 'pay' },
    ]);
  });

  test.each([paid('78'), paid(null), paid('77', 'refunded')])(
    'that nobody waits for is noted: %j',
    (event) => {
      const { now, says } = ordered('77');
      says('TEA');
      const decision = now(event);
      expect(decision.route).toEqual({ by: 'event', runId: null, flowId: null });
      const noted = { do: 'ignored', type: event.kind === 'event' ? `event.${event.name}` : '' };
      expect(decision.trails.map(({ steps }) => steps)).toEqual([[noted], [noted]]);
    },
  );

  test('is noted by no run that is over, nor by one that does not wait where another does', () => {
    const { now, says } = ordered('77');
    says('TEA');
    expect(now(paid('77')).trails).toHaveLength(1);
    expect(now(paid('77')).trails).toHaveLength(1);
  });
});

describe('a report of delivery, or the wish of the team to end a run', () => {
  test('reaches the run it is about, and none that is over', () => {
    const { now, says, contact } = onStage();
    says('TEA');
    says('SEND');
    const tea = contact.runs.find(({ flow }) => flow === TEA);
    const runId = tea?.id ?? '';
    expect(stepsOf(now({ kind: 'delivery', runId, state: 'delivered', at: 5 }))).toEqual([
      { do: 'ignored', type: 'dlr.delivered' },
    ]);
    const ended = now({ kind: 'cancel', runId, at: 5 });
    expect([ended.route, tea?.outcome]).toEqual([{ by: 'cancel', runId, flowId: 'tea' }, 'cancelled']);
    for (const kind of ['delivery', 'cancel'] as const) {
      const after = now(kind === 'cancel' ? { kind, runId, at: 5 } : { kind, runId, state: 'failed', at: 5 });
      expect([after.trails, after.route]).toEqual([[], { by: kind, runId, flowId: 'tea' }]);
    }
    expect(contact.runs.find(({ flow }) => flow === SEND)?.status).toBe('active');
  });
});

describe('an order to begin a flow', () => {
  test('begins it with what is known, under the id that was asked for', () => {
    const { now, contact } = onStage();
    const order = {
      kind: 'start',
      flow: SAY,
      id: 'run-7',
      fields: { name: 'Ann' },
      answers: { size: 'L' },
      at: 1,
    } as const;
    const decision = now(order);
    expect(heard(decision)).toEqual(['Hi Ann L', 'SAY: next']);
    expect(decision.route).toEqual({ by: 'start', runId: 'run-7', flowId: 'say', refused: null });
    expect(contact.fields.name).toBe('Ann');
  });

  test('leaves a run of the flow that is under way alone, unless it is to begin anew', () => {
    const { now, says, contact, run } = onStage();
    says('TEA');
    const { id } = run();
    expect(now({ kind: 'start', flow: TEA, fields: { name: 'Ann' }, at: 2 })).toMatchObject({
      route: { by: 'start', runId: id, refused: 'already' },
      effects: [],
    });
    expect(contact.fields).toEqual({});
    const anew = now({ kind: 'start', flow: TEA, anew: true, at: 2 });
    expect([heard(anew), anew.route]).toMatchObject([['Tea?'], { refused: null }]);
    expect(contact.runs.find((one) => one.id === id)?.outcome).toBe('cancelled');
    says('yes');
    expect(now({ kind: 'start', flow: TEA, at: 3 }).route).toMatchObject({ refused: null });
    expect(now({ kind: 'start', flow: SAY, at: 3 }).route).toMatchObject({ refused: null });
  });

  test('begins nothing with somebody who said STOP', () => {
    const { now, says, contact } = onStage();
    says('STOP');
    expect(now({ kind: 'start', flow: SAY, fields: { name: 'Ann' }, at: 2 })).toMatchObject({
      route: { by: 'start', runId: null, flowId: 'say', refused: 'stopped' },
      effects: [],
    });
    expect(contact.runs).toEqual([]);
  });
});

describe('an order to send one text', () => {
  const order = { kind: 'text', text: 'News', list: 'news', at: 2 } as const;

  test('sends it where the gate lets it through, and says why where it does not', () => {
    const { now, says } = onStage();
    const sent = now({ ...order, purpose: 'marketing' });
    expect([heard(sent), sent.route]).toEqual([
      ['News'],
      { by: 'text', runId: null, flowId: null, refused: null },
    ]);
    says('STOP');
    const refused = now({ ...order, purpose: 'service' });
    expect([heard(refused), refused.route]).toMatchObject([[], { refused: 'stopped' }]);
  });
});

describe('a STOP that the network has told the person of', () => {
  const world = worldWith({ networkStops: new Set(['stop']) });

  test('is not confirmed by us, and blocks until they come back', () => {
    const { says, contact } = onStage();
    expect(heard(says('Stop!', world))).toEqual([]);
    expect(contact).toMatchObject({ stopped: true, blocked: true });
    const other = onStage();
    expect(heard(other.says('END', world))).toEqual([PROGRAM.stopped]);
    expect(other.contact).toMatchObject({ stopped: true, blocked: false });
  });

  test.each([
    ['answers a keyword with how to come back', 'Text START.', ['Text START.']],
    ['lets a keyword begin its flow where the program has no words for that', undefined, []],
  ])('%s', (_, blocked, told) => {
    const { says, contact } = onStage();
    says('STOP', world);
    const decision = says('TEA', {
      ...world,
      program: { ...world.program, ...(blocked === undefined ? {} : { blocked }) },
    });
    expect(heard(decision)).toEqual(told);
    expect(decision.route).toMatchObject({ by: 'keyword', flowId: 'tea', resumed: false });
    expect(contact.runs).toHaveLength(blocked === undefined ? 1 : 0);
  });
});

describe('a keyword', () => {
  test('brings an open question of its flow back, where only time passes begins the flow anew', () => {
    const { says, contact } = onStage();
    says('TEA');
    expect(says('TEA').route).toMatchObject({ by: 'keyword', flowId: 'tea', resumed: true });
    expect(contact.runs).toHaveLength(1);
    says('SEND');
    expect(says('SEND').route).toMatchObject({ by: 'keyword', flowId: 'send', resumed: false });
    const ends = contact.runs.filter(({ flow }) => flow === SEND).map(({ outcome }) => outcome);
    expect(ends).toEqual([null, 'cancelled']);
  });

  test('that is for one language says which one the person speaks', () => {
    const hello = published({
      schemaVersion: 1,
      name: 'Hello',
      languages: ['en', 'fr'],
      triggers: [
        { kind: 'keyword', words: ['BONJOUR'], language: 'fr' },
        { kind: 'keyword', words: ['HELLO'] },
      ],
      nodes: [message('it', 'Hello')],
      edges: [],
      start: 'it',
    });
    const facts = { ...SENDER, program: PROGRAM, lists: new Map(), flows: [hello] };
    const world = buildSenderWorld(facts);
    const { says, contact } = onStage();
    says('HELLO', world);
    expect(contact.language).toBeNull();
    says('BONJOUR', world);
    expect(contact.language).toBe('fr');
  });
});

describe('a question that is set aside', () => {
  test('is asked again after those that were set aside later', () => {
    const cake = flowOf(
      'CAKE',
      {
        kind: 'question',
        config: { text: 'Cake?', answers: [{ id: 'yes', words: ['YES'] }], purpose: 'service' },
      },
      ['yes', 'other'],
    );
    const facts = { ...SENDER, program: PROGRAM, lists: new Map(), flows: [TEA, cake, SAY] };
    const world = buildSenderWorld(facts);
    const { says } = onStage();
    says('TEA', world);
    says('CAKE', world);
    expect(heard(says('SAY', world)).at(-1)).toBe('Cake?');
    expect(heard(says('yes', world))).toEqual(['CAKE: yes', 'Tea?']);
  });

  test('is among what has changed, and its history says so', () => {
    const { says, contact } = onStage();
    says('TEA');
    const paused = contact.runs[0];
    const decision = says('SEND');
    expect(decision.runs).toContain(paused);
    expect(decision.trails.find(({ runId }) => runId === paused?.id)?.steps).toContainEqual({
      do: 'event',
      type: 'interrupted',
    });
  });
});
