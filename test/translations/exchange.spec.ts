import { describe, expect, test } from '@jest/globals';
import { apply } from '#flows/definition/operations.ts';
import { parse, type ParsedFlow } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { Phone } from '#flows/engine/phone.ts';
import { menu } from '#flows/nodes/menu/definition.ts';
import { completeness } from '#flows/translations/completeness.ts';
import { fromPo, toPo } from '#flows/translations/exchange.ts';
import { printPo, readPo } from '#flows/translations/po.ts';
import { unitsOf } from '#flows/translations/units.ts';
import { PERSON, published, worldOf } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';
import { randomDraft } from '../support/random-drafts.ts';

const DRAWING = {
  schemaVersion: 1,
  name: 'Tea',
  languages: ['en', 'fr', 'pt-BR'],
  triggers: [
    { kind: 'keyword', words: ['TEA'] },
    { kind: 'keyword', words: ['THE'], language: 'fr' },
  ],
  nodes: [
    {
      id: 'ask',
      kind: 'question',
      title: 'Ask',
      config: {
        text: 'Tea, {{contact.firstName | default: "you"}}?',
        answers: [
          { id: 'yes', words: ['YES', 'OK'] },
          { id: 'no', words: ['NO'] },
        ],
        timeout: '24h',
      },
    },
    { id: 'keep', kind: 'set-field', config: { field: 'drink', value: { kind: 'text', text: 'tea' } } },
    { id: 'fine', kind: 'message', config: { text: 'Fine.\nSoon.', purpose: 'service' } },
  ],
  edges: [
    { from: 'ask', port: 'yes', to: 'keep' },
    { from: 'keep', port: 'next', to: 'fine' },
  ],
  start: 'ask',
  translations: { fr: { 'fine.text': 'Bien.' } },
};

function parsed(json: unknown): ParsedFlow {
  const flow = parse(json);
  if (flow.definition === null) throw new Error('No flow.');
  return flow;
}

/** What a translator sends back who puts the language in front of everything. */
function translate(po: string, word: (source: string) => string): string {
  const file = readPo(po);
  if ('problem' in file) throw new Error(file.problem);
  const entries = file.entries.map((entry) => ({ ...entry, translation: word(entry.source) }));
  return printPo({ ...file, entries });
}

const imported = (flow: ParsedFlow, po: string, language?: string): Definition => {
  const found = fromPo(po, flow, language);
  if ('problem' in found) throw new Error(found.problem);
  return found.operations.reduce(apply, flow.definition);
};

describe('translations', () => {
  const flow = parsed(DRAWING);

  test('are of what people read and of words they may answer', () => {
    expect(unitsOf(flow).map(({ node, field, kind, base }) => [`${node}.${field}`, kind, base])).toEqual([
      ['ask.text', 'text', 'Tea, {{contact.firstName | default: "you"}}?'],
      ['ask.answers.yes.words', 'words', 'YES, OK'],
      ['ask.answers.no.words', 'words', 'NO'],
      ['fine.text', 'text', 'Fine.\nSoon.'],
    ]);
  });

  test('are complete or not, language by language', () => {
    expect(
      completeness(flow).map(({ language, total, translated, missing }) => [
        language,
        translated,
        total,
        missing.map(({ field }) => field),
      ]),
    ).toEqual([
      ['fr', 1, 4, ['text', 'answers.yes.words', 'answers.no.words']],
      ['pt-BR', 0, 4, ['text', 'answers.yes.words', 'answers.no.words', 'text']],
    ]);
  });

  test('go out as PO, come back, and are then complete', () => {
    const back = translate(toPo(flow, 'pt-BR'), (source) => `PT ${source}`);
    const after = parsed(imported(flow, back));
    expect(completeness(after).map(({ language, missing }) => [language, missing.length])).toEqual([
      ['fr', 3],
      ['pt-BR', 0],
    ]);
    expect(after.definition.translations['pt-BR']).toEqual({
      'ask.text': 'PT Tea, {{contact.firstName | default: "you"}}?',
      'fine.text': 'PT Fine.\nSoon.',
    });
    expect(after.nodes.get('ask')?.words('pt-BR')).toEqual([
      { id: 'yes', words: ['YES', 'OK', 'PT YES', 'OK'] },
      { id: 'no', words: ['NO', 'PT NO'] },
    ]);
    expect(imported(after, toPo(after, 'fr'))).toBe(after.definition);
  });

  test('are taken out of a step again by an empty line', () => {
    const put = (text: string | null, before: Definition) =>
      apply(before, { do: 'translate', language: 'fr', node: 'ask', field: 'answers.yes.words', text });
    const after = put('OUI; ouais,, ', flow.definition);
    expect(parsed(after).nodes.get('ask')?.replyWords[0]?.byLanguage).toEqual({ fr: ['OUI', 'ouais'] });
    expect(JSON.stringify(put(null, after).nodes)).toBe(JSON.stringify(flow.definition.nodes));
  });

  test('of what was changed or is gone are told, not taken', () => {
    const po = translate(toPo(flow, 'fr'), (source) => `FR ${source}`);
    const changed = parsed({
      ...DRAWING,
      nodes: DRAWING.nodes.map((node) =>
        node.id === 'fine' ? { ...node, config: { text: 'Good.', purpose: 'service' } } : node,
      ),
    });
    const guess = {
      context: 'ask.text',
      source: unitsOf(flow)[0]?.base ?? '',
      translation: 'Thé ?',
      fuzzy: true,
    };
    const gone = { context: 'gone.text', source: 'Gone', translation: 'Parti' };
    const more = `${po}\n${printPo({ headers: {}, entries: [gone] }).split('\n\n')[1]}`;
    expect(fromPo(more, changed)).toMatchObject({
      language: 'fr',
      outdated: [{ node: 'fine', field: 'text' }],
      leftOut: ['gone.text'],
    });
    expect(fromPo(printPo({ headers: { Language: 'fr' }, entries: [guess] }), flow)).toMatchObject({
      operations: [],
      leftOut: ['ask.text'],
    });
  });

  test.each([
    [{}, undefined, 'The file does not say its language.'],
    [{ Language: 'en' }, undefined, 'The flow is written in en; translations are into other languages.'],
    [{ Language: 'de_DE' }, undefined, 'The flow does not speak de-DE. Add it to its languages first.'],
  ])('for nobody are refused: %j', (headers, language, problem) => {
    expect(fromPo(printPo({ headers, entries: [] }), flow, language)).toEqual({ problem });
  });

  test('may be for a region of a language, or say it beside', () => {
    expect(fromPo(printPo({ headers: { Language: 'fr_CA' }, entries: [] }), flow)).toMatchObject({
      language: 'fr',
    });
    expect(fromPo(printPo({ headers: {}, entries: [] }), flow, 'fr')).toMatchObject({ language: 'fr' });
  });

  test('change places with the texts when another language becomes the base', () => {
    const french = imported(
      flow,
      translate(toPo(flow, 'fr'), (source) => `FR ${source}`),
    );
    const swapped = apply(french, { do: 'set-languages', languages: ['fr', 'en', 'pt-BR'] });
    expect(unitsOf(parsed(swapped)).map(({ base }) => base)).toEqual([
      'FR Tea, {{contact.firstName | default: "you"}}?',
      'FR YES, OK',
      'FR NO',
      'FR Fine.\nSoon.',
    ]);
    expect(completeness(parsed(swapped)).map(({ translated }) => translated)).toEqual([4, 0]);
    const back = apply(swapped, { do: 'set-languages', languages: ['en', 'fr', 'pt-BR'] });
    expect(back).toMatchObject(french);
  });

  test('make any draft complete', () => {
    fc.assert(
      fc.property(randomDraft, (draft) => {
        const before = parsed(draft);
        for (const language of before.definition.languages.slice(1)) {
          const back = translate(toPo(before, language), (source) => `x${source}`);
          const after = parsed(imported(before, back));
          const [done] = completeness(after).filter((one) => one.language === language);
          expect(done?.missing.filter(({ base }) => base.length < 1_900)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the language of a contact', () => {
  const french = parsed(
    imported(
      parsed(DRAWING),
      translate(toPo(parsed(DRAWING), 'fr'), (source) => `FR ${source}`),
    ),
  ).definition;
  const phone = (language: string | null = null) =>
    new Phone({ world: worldOf([published(french)]), phone: PERSON, language, startAt: 0 });

  test('is what the contact says', () => {
    expect(phone('fr-CA').says('TEA')).toEqual(['FR Tea, you?']);
    expect(phone().says('TEA')).toEqual(['Tea, you?']);
  });

  test('is what the keyword says, from then on', () => {
    const person = phone();
    expect(person.says('THE')).toEqual(['FR Tea, you?']);
    expect(person.says('FR YES')).toEqual(['FR Fine.\nSoon.']);
    expect(person.contact.language).toBe('fr');
    expect(person.contact.fields).toEqual({ drink: 'tea' });
    expect(person.decisions[0]?.effects[0]).toEqual({ kind: 'set-field', field: 'language', value: 'fr' });
    expect(person.says('TEA')).toEqual(['FR Tea, you?']);
  });

  test('is what somebody answers, in any words for it', () => {
    const chooses = published({
      ...french,
      triggers: [{ kind: 'keyword', words: ['GO'] }],
      nodes: [
        {
          id: 'which',
          kind: 'question',
          config: { text: 'Which language?', saveAs: 'language', timeout: '1h' },
        },
        {
          id: 'set',
          kind: 'set-field',
          config: { field: 'language', value: { kind: 'answer', answer: 'language' } },
        },
        ...french.nodes,
      ],
      edges: [
        { from: 'which', port: 'answered', to: 'set' },
        { from: 'set', port: 'next', to: 'ask' },
        ...french.edges,
      ],
      start: 'which',
    });
    for (const [said, language, asked] of [
      ['Français', 'fr', 'FR Tea, you?'],
      ['PT-br', 'pt-BR', 'Tea, you?'],
      ['I do not know', null, 'Tea, you?'],
    ] as const) {
      const person = new Phone({ world: worldOf([chooses]), phone: PERSON, startAt: 0 });
      person.says('GO');
      expect(person.says(said)).toEqual([asked]);
      expect(person.contact.language).toBe(language);
    }
  });
});

test('the options of a menu are translated, labels and words', () => {
  const { kind, initial } = menu;
  const flow = parsed({
    ...DRAWING,
    nodes: [{ id: 'which', kind, config: initial() }],
    edges: [],
    start: 'which',
  });
  const [, , first] = unitsOf(flow);
  expect(first).toMatchObject({ field: 'options.hours.words', base: 'Opening hours, HOURS' });
  const french = parsed(
    imported(
      flow,
      translate(toPo(flow, 'fr'), () => 'Horaires, HEURES'),
    ),
  );
  const classify = french.nodes.get('which')?.classify;
  expect(classify?.({ text: 'Horaires', normalised: 'horaires' }, 'fr').category).toBe('hours');
  expect(completeness(french)[0]?.missing).toEqual([]);
});
