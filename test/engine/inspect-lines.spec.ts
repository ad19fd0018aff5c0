import { describe, expect, test } from '@jest/globals';
import { errorsOf } from '#flows/definition/inspect.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { opened } from '../support/phone-stage.ts';
import { ASKED, codes, type Drawing, draw, end, issuesOf, question, text, wait } from './inspect-drawing.ts';

describe('lines', () => {
  test('a finished flow has no issues', () => {
    expect(codes({ nodes: { hello: text('Hi'), end }, lines: ['hello.next > end'] })).toEqual([]);
  });

  test.each<[string, Drawing, Partial<Issue>]>([
    [
      'no first step',
      { nodes: { end }, lines: [], start: null },
      { code: 'start.none', place: { path: 'start' } },
    ],
    ['a first step that is gone', { nodes: { end }, lines: [], start: 'gone' }, { code: 'start.unknown' }],
    [
      'a line to a step that is gone',
      { nodes: { hello: text('Hi') }, lines: ['hello.next > gone'] },
      {
        code: 'edge.unknown-step',
        message: 'A line from “hello” leads to a step that is no longer there. Draw it again.',
      },
    ],
    [
      'a line from a step that is gone',
      { nodes: { end }, lines: ['gone.next > end'] },
      { code: 'edge.unknown-step' },
    ],
    [
      'a line from a way out that is gone',
      { nodes: { hello: text('Hi'), end }, lines: ['hello.next > end', 'hello.maybe > end'] },
      { code: 'edge.unknown-port', place: { node: 'hello', port: 'maybe' } },
    ],
    [
      'two lines from one way out',
      { nodes: { hello: text('Hi'), end }, lines: ['hello.next > end', 'hello.next > end'] },
      { code: 'port.twice', place: { node: 'hello', port: 'next' } },
    ],
    [
      'a way out that leads nowhere',
      { nodes: { ask: question(), end }, lines: ASKED.slice(0, 2) },
      {
        code: 'port.open',
        message:
          '“No reply for 1 hour” of “ask” leads nowhere. Draw a line to what happens then, or to an End.',
        place: { node: 'ask', port: 'timeout' },
      },
    ],
    [
      'a step nobody comes to',
      { nodes: { end, lost: text('Hi') }, lines: [] },
      { code: 'node.unreachable', severity: 'warning', place: { node: 'lost' } },
    ],
    [
      'a line to a note',
      { nodes: { hello: text('Hi'), remark: { kind: 'note' } }, lines: ['hello.next > remark'] },
      { code: 'edge.note', place: { node: 'hello', port: 'next' } },
    ],
    [
      'a note that comes first',
      { nodes: { remark: { kind: 'note' } }, lines: [], start: 'remark' },
      { code: 'start.note', place: { node: 'remark' } },
    ],
  ])('%s', (_, drawing, issue) => {
    expect(issuesOf(drawing)).toMatchObject([issue]);
  });

  test('a note stands alone, and nobody minds', () => {
    const nodes = { hello: text('Hi'), remark: { kind: 'note' }, end };
    expect(codes({ nodes, lines: ['hello.next > end'] })).toEqual([]);
  });

  test('a step that is named by its kind where it has no title', () => {
    const flow = draw({ nodes: { hello: text('Hi') }, lines: [] });
    const untitled = { ...flow, nodes: flow.nodes.map(({ title: _, ...node }) => node) };
    expect(opened(untitled).issues[0]?.message).toMatch(/^“Then” of “Send a text” leads nowhere/);
  });
});

describe('rounds', () => {
  const set = { kind: 'set-field', config: { field: 'x', value: { kind: 'number', number: 1 } } };

  test('without a wait are refused, and shown', () => {
    const drawing = {
      nodes: { one: text('1'), two: set, three: text('3') },
      lines: ['one.next > two', 'two.next > three', 'three.next > one'],
    };
    expect(errorsOf(issuesOf(drawing)).map(({ message }) => message)).toEqual([
      '“one” → “two” → “three” → “one” goes round without ever waiting. Put a question or a wait in between.',
    ]);
  });

  test('of a step with itself, by any way out, are found', () => {
    expect(
      codes({ nodes: { one: text('1'), end }, lines: ['one.next > end', 'one.suppressed > one'] }),
    ).toContain('loop.no-wait');
    expect(codes({ nodes: { two: set }, lines: ['two.next > two'] })).toContain('loop.no-wait');
  });

  test('are counted one by one', () => {
    const drawing = {
      nodes: { a: text('a'), b: text('b'), c: text('c') },
      lines: ['a.next > a', 'a.suppressed > b', 'b.next > c', 'c.next > b'],
    };
    expect(codes(drawing).filter((code) => code === 'loop.no-wait')).toHaveLength(2);
  });

  test('with a wait in between are fine', () => {
    const service = { purpose: 'service' };
    expect(
      codes({ nodes: { one: text('1', service), wait }, lines: ['one.next > wait', 'wait.next > one'] }),
    ).toEqual([]);
    expect(
      codes({
        nodes: { ask: question(), end },
        lines: ['ask.yes > end', 'ask.other > ask', 'ask.timeout > end'],
      }),
    ).toEqual([]);
  });

  test('a long way without a wait is refused before it hits the fence of the engine', () => {
    const ids = Array.from({ length: 90 }, (_, n) => `s${n}`);
    const nodes = Object.fromEntries(ids.map((id) => [id, text('Hi')]));
    const lines = ids.slice(1).map((id, n) => `s${n}.next > ${id}`);
    expect(codes({ nodes: { ...nodes, end }, lines: [...lines, 's89.next > end'] })).toEqual([
      'chain.too-long',
    ]);
  });
});

describe('purposes', () => {
  const late = (purpose: string) => ({
    nodes: { wait, hello: text('Hi', { purpose }), end },
    lines: ['wait.next > hello', 'hello.next > end'],
  });

  test('a reply after a wait would not be sent', () => {
    expect(issuesOf(late('reply'))).toMatchObject([
      { code: 'purpose.not-a-reply', severity: 'error', place: { node: 'hello' } },
    ]);
    expect(codes(late('service'))).toEqual([]);
  });

  test('a reply after no reply would not be sent, one after a reply would', () => {
    const nodes = { ask: question(), hello: text('Hi'), end };
    expect(
      codes({
        nodes,
        lines: ['ask.yes > hello', 'ask.other > end', 'ask.timeout > end', 'hello.next > end'],
      }),
    ).toEqual([]);
    expect(
      codes({
        nodes,
        lines: ['ask.yes > end', 'ask.other > end', 'ask.timeout > hello', 'hello.next > end'],
      }),
    ).toEqual(['purpose.not-a-reply']);
  });

  test('a question after a wait has to be a service, what follows its answer is a reply again', () => {
    const nodes = (purpose: string) => ({ wait, ask: question({ purpose }), hello: text('Hi'), end });
    const lines = [
      'wait.next > ask',
      'ask.yes > hello',
      'ask.other > end',
      'ask.timeout > end',
      'hello.next > end',
    ];
    expect(codes({ nodes: nodes('reply'), lines })).toEqual(['purpose.not-a-reply']);
    expect(codes({ nodes: nodes('service'), lines })).toEqual([]);
  });

  test('a confirmation cannot come out of the blue', () => {
    const confirm = { kind: 'confirm', config: { text: 'Reply YES', list: 'news' } };
    const lines = ['confirmed', 'declined', 'unclear', 'timeout'].map((port) => `ask.${port} > end`);
    expect(codes({ nodes: { wait, ask: confirm, end }, lines: ['wait.next > ask', ...lines] })).toEqual([
      'purpose.not-a-reply',
    ]);
  });
});
