import { describe, expect, test } from '@jest/globals';
import { gapWords } from '#client/lib/rehearsal/chat.ts';
import { lineKey } from '#client/lib/rehearsal/path.ts';
import { createRehearsal } from '#client/lib/rehearsal/rehearsal.ts';
import type { Rehearsal } from '#client/lib/rehearsal/rehearsal-state.ts';
import { PLAIN_STAGE } from '#client/lib/rehearsal/stage.ts';
import { apply } from '#flows/definition/operations.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { compile } from '#flows/engine/compile.ts';
import { parse } from '#flows/definition/parse.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { goldenConversations } from '../support/conversation-runner.ts';
import { opened, PERSON, PROGRAM, SENDER } from '../support/phone-stage.ts';
import { simulatorDriver } from './simulator-driver.ts';

function rehearse(definition: unknown): Rehearsal {
  const rehearsal = createRehearsal(() => 1_000_000);
  rehearsal.open('flow', opened(definition).compiled);
  return rehearsal;
}

const templateOf = (id: string): Definition =>
  opened(TEMPLATES.find((one) => one.id === id)?.definition).definition;
const offer = templateOf('ab-offer');

describe.each(TEMPLATES.map((template) => [template.id, template] as const))(
  'the phone holds %s',
  (id, template) => {
    goldenConversations(
      new URL(`../../flows/templates/${id}/conversations.json`, import.meta.url),
      async ({
        begins,
        contact,
        phone,
        language = null,
        closedContests = [],
        emptyPools = [],
        holds = false,
      }) => {
        const rehearsal = createRehearsal(() => (begins === undefined ? 1_000_000 : Date.parse(begins)));
        rehearsal.setStage({
          ...PLAIN_STAGE,
          address: SENDER.address,
          program: PROGRAM,
          lists: new Map(template.lists.map(({ key, optIn }) => [key, { optIn }])),
        });
        rehearsal.setPerson({ phone: phone ?? PERSON, language, fields: contact ?? {} });
        rehearsal.setFaults({ closedContests, emptyPools, holds });
        rehearsal.open(id, opened(template.definition).compiled);
        return { driver: simulatorDriver(rehearsal) };
      },
    );
  },
);

test('the path that was walked is lit, and where it stands', () => {
  const rehearsal = rehearse(offer);
  rehearsal.says('OFFER');
  const { path } = rehearsal.store.getState();
  const arm = rehearsal.store.getState().run?.position.context.arms.offer ?? '';
  expect([...path.lines]).toEqual([lineKey('$start', 'start'), lineKey('test', arm)]);
  expect(path.current).toBe(arm);
  rehearsal.says('redeem');
  expect(rehearsal.store.getState().path.current).toBeNull();
  expect([...rehearsal.store.getState().path.nodes]).toEqual(['test', arm, 'redeemed', 'enjoy', 'done']);
});

test('chips offer the keyword first, then a text for each way to answer', () => {
  const rehearsal = rehearse(offer);
  const chips = () => rehearsal.store.getState().suggestions;
  expect(chips()).toEqual([{ label: 'OFFER', leadsTo: null, move: { kind: 'says', text: 'OFFER' } }]);
  rehearsal.says('OFFER');
  expect(chips().map(({ leadsTo }) => leadsTo)).toEqual(['Redeems', 'Anything else']);
});

test('time goes on to the next event, and each text stands at its own time', () => {
  const rehearsal = rehearse(offer);
  rehearsal.says('OFFER');
  const week = 7 * 86_400;
  expect(rehearsal.store.getState().nextWake).toBe(week);
  rehearsal.waits(10 * 86_400);
  const { lines, now, nextWake } = rehearsal.store.getState();
  expect(nextWake).toBeNull();
  expect(now).toBe(1_000_000 + 10 * 86_400_000);
  expect(lines.at(-1)).toEqual({
    kind: 'remark',
    text: 'The conversation ended.',
    at: 1_000_000 + week * 1_000,
  });
});

test('an edit plays the chat again under the new drawing; another flow begins anew', () => {
  const rehearsal = rehearse(offer);
  rehearsal.says('OFFER');
  const reworded = offer.nodes
    .filter(({ kind }) => kind === 'question')
    .reduce(
      (definition, { id, config }) =>
        apply(definition, { do: 'configure-node', id, config: { ...Object(config), text: 'Other words.' } }),
      offer,
    );
  rehearsal.open('flow', opened(reworded).compiled);
  const { lines, replayed } = rehearsal.store.getState();
  expect(lines.map((line) => line.text)).toEqual(['OFFER', 'Other words.']);
  expect(replayed).toBe(true);
  rehearsal.open('other', opened(offer).compiled);
  expect(rehearsal.store.getState()).toMatchObject({ lines: [], replayed: false });
});

test('a half-drawn flow can be tried, and says where the drawing ends', () => {
  const open = apply(offer, { do: 'remove-nodes', ids: ['half', 'double'] });
  const rehearsal = rehearse(open);
  expect(rehearsal.says('OFFER')).toEqual([]);
  expect(rehearsal.store.getState().lines.at(-1)?.text).toBe('The drawing has no way on from here.');
});

test('a flow can be tried from the middle, and goes on from there after an edit', () => {
  const rehearsal = rehearse(offer);
  rehearsal.startFrom('later');
  const texts = () => rehearsal.store.getState().lines.map((line) => line.text);
  expect(texts().slice(0, 2)).toEqual(['OFFER', 'Your offer is good all week. Text OFFER to see it again.']);
  expect([...rehearsal.store.getState().path.nodes]).toEqual(['later', 'done']);
  const reworded = apply(offer, {
    do: 'configure-node',
    id: 'later',
    config: { text: 'Bye.', purpose: 'reply' },
  });
  rehearsal.open('flow', opened(reworded).compiled);
  expect(texts()[1]).toBe('Bye.');
  rehearsal.open('flow', opened(apply(offer, { do: 'remove-nodes', ids: ['later'] })).compiled);
  expect(rehearsal.store.getState().from).toBeNull();
});

test('a flow without a keyword is begun with a stand-in', () => {
  const rehearsal = rehearse(apply(offer, { do: 'set-triggers', triggers: [] }));
  expect(rehearsal.store.getState().suggestions.map(({ label }) => label)).toEqual(['TRY']);
  expect(rehearsal.says('try')).toHaveLength(1);
});

test('a text that nobody takes is remarked on', () => {
  const rehearsal = rehearse(offer);
  rehearsal.says('Hello?');
  expect(rehearsal.store.getState().lines.map((line) => line.text)).toEqual([
    'Hello?',
    'No keyword and no question took this text.',
  ]);
});

test('the number decides the version, and another person may see another', () => {
  const rehearsal = rehearse(offer);
  const arms = new Set<string>();
  for (let n = 0; n < 10; n++) {
    rehearsal.setPerson({ phone: `+1202555010${n}`, language: null, fields: {} });
    rehearsal.restart();
    rehearsal.says('OFFER');
    arms.add(rehearsal.store.getState().run?.position.context.arms.offer ?? '');
  }
  expect([...arms].sort()).toEqual(['double', 'half']);
});

test('keywords of one sender can be tried on any', () => {
  const triggers = offer.triggers.map((trigger) => ({ ...trigger, sender: '99999' }));
  const bound = parse({ ...offer, triggers });
  if (bound.definition === null) throw new Error('No flow.');
  const rehearsal = createRehearsal(() => 0);
  rehearsal.open('flow', compile(bound.definition, bound.nodes));
  expect(rehearsal.says('OFFER')).toHaveLength(1);
});

test.each([
  [20_000, null],
  [60_000, '1 minute later'],
  [3_600_000, '60 minutes later'],
  [86_400_000, '24 hours later'],
  [7 * 86_400_000, '7 days later'],
])('%i ms between texts are told as %s', (milliseconds, words) => {
  expect(gapWords(milliseconds)).toBe(words);
});

test('a keyword is tried out of its time too, whoever it is for', () => {
  const [trigger] = offer.triggers;
  const later = { ...trigger, from: '2999-01-01T00:00:00Z', known: 'known' };
  const rehearsal = rehearse({ ...offer, triggers: [later] });
  rehearsal.says('OFFER');
  expect(rehearsal.store.getState().run).not.toBeNull();
});
