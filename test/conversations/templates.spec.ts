import { describe, expect, test } from '@jest/globals';
import { play } from '#flows/engine/transcript.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { goldenConversations } from '../support/conversation-runner.ts';
import { opened, passagesOf, stagePhone } from '../support/phone-stage.ts';

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
