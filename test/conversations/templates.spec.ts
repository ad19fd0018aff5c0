import { describe, expect, test } from '@jest/globals';
import { play } from '#flows/engine/transcript.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { segment } from '#shared/sms/segments.ts';
import { goldenConversations } from '../support/conversation-runner.ts';
import { BRAND, opened, passagesOf, stagePhone } from '../support/phone-stage.ts';

describe.each(TEMPLATES.map((template) => [template.id, template] as const))(
  'template %s',
  (id, template) => {
    const lists = Object.fromEntries(template.lists.map(({ key, optIn }) => [key, optIn]));

    goldenConversations(
      new URL(`../../flows/templates/${id}/conversations.json`, import.meta.url),
      async (conversation) => stagePhone(template.definition, conversation, lists),
    );

    test('is without issues', () => {
      expect(opened(template.definition).issues).toEqual([]);
    });

    const heard = template.conversations.map(({ lines }) =>
      lines.flatMap((line) => ('hears' in line ? [line.hears] : [])),
    );

    test('says who texts, how to get help and how to leave, first of all', () => {
      for (const [first] of heard) {
        expect(first).toMatch(
          new RegExp(`^${BRAND}.*HELP for help, STOP to end\\. Msg & data rates may apply\\.$`),
        );
      }
    });

    test('sends texts of one part each', () => {
      for (const text of heard.flat())
        expect({ text, ...segment(text) }).toMatchObject({ encoding: 'GSM-7', segments: 1 });
    });

    test('has cards that stand clear of each other', () => {
      const cards = Object.entries(opened(template.definition).definition.layout);
      for (const [a, one] of cards) {
        for (const [b, other] of cards) {
          const clear = Math.abs(one.x - other.x) >= 340 || Math.abs(one.y - other.y) >= 320;
          expect({ a, b, clear: a === b || clear }).toEqual({ a, b, clear: true });
        }
      }
      expect(cards.length).toBe(opened(template.definition).definition.nodes.length);
    });

    test('has conversations for every line of the drawing', async () => {
      const passed = new Set<string>();
      for (const conversation of template.conversations) {
        const { driver, phone } = stagePhone(template.definition, conversation, lists);
        await play(conversation.lines, driver);
        for (const passage of passagesOf(phone)) passed.add(passage);
      }
      const { edges } = opened(template.definition).definition;
      expect(edges.map(({ from, port }) => `${from}.${port}`).filter((line) => !passed.has(line))).toEqual(
        [],
      );
    });
  },
);

test("every template has keywords of its own, JOIN being the double opt-in's", () => {
  const words = TEMPLATES.flatMap(({ id, definition }) =>
    opened(definition).definition.triggers.flatMap((trigger) =>
      trigger.words.map((word) => [word, id] as const),
    ),
  );
  expect(new Set(words.map(([word]) => word)).size).toBe(words.length);
  expect(new Map(words).get('JOIN')).toBe('double-opt-in');
});
