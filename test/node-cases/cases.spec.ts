import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { play } from '#flows/engine/transcript.ts';
import { NODE_KINDS } from '#flows/registry.ts';
import { type GoldenConversation, goldenConversations } from '../support/conversation-runner.ts';
import { opened, passagesOf, stagePhone } from '../support/phone-stage.ts';

describe.each(NODE_KINDS.map(({ kind }) => kind))('node type %s', (kind) => {
  const file = new URL(`../../flows/nodes/${kind}/cases.json`, import.meta.url);
  goldenConversations(file, async (conversation) => stagePhone(conversation.flow, conversation));

  test('has a case for every way out', async () => {
    const cases: GoldenConversation[] = JSON.parse(readFileSync(file, 'utf8'));
    const ports = new Set<string>();
    const passed = new Set<string>();
    for (const one of cases) {
      const { driver, phone } = stagePhone(one.flow, one);
      await play(one.lines, driver);
      const { nodes } = opened(one.flow);
      for (const node of [...nodes.values()].filter((node) => node.kind === kind)) {
        for (const port of node.ports) ports.add(port.id);
        for (const port of node.ports)
          if (passagesOf(phone).has(`${node.id}.${port.id}`)) passed.add(port.id);
      }
    }
    const optional = kind === 'nps' ? ['suppressed'] : [];
    expect([...ports].filter((port) => !passed.has(port) && !optional.includes(port))).toEqual([]);
  });
});
