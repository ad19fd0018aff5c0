import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import type { Scalar } from '#flows/engine/effects.ts';
import type { Outcome } from '#flows/engine/events.ts';
import {
  type Conversation,
  type ConversationDriver,
  play,
  printTranscript,
  type TranscriptLine,
} from '#flows/engine/transcript.ts';
import { printJson } from './print-json.ts';

/** What a conversation did besides texting: effects without the texts and ids, the contact's fields, how the last run ended. */
export interface Expected {
  effects?: unknown[];
  fields?: Record<string, Scalar>;
  outcome?: Outcome | null;
}

/** A golden conversation with what it needs and what it proves. */
export interface GoldenConversation extends Conversation {
  /** The flow it is held with, where the file is not about one flow. */
  flow?: unknown;
  /** Policies of the lists it touches. */
  lists?: Record<string, 'single' | 'double'>;
  expects?: Expected;
}

/** A driver that is ready for one conversation, and what can be seen behind it (only the phone shows effects). */
export interface Stage {
  driver: ConversationDriver;
  seen?: () => Required<Expected>;
  close?: () => Promise<void>;
}

/** Sets a stage: publishes the flow on a fresh world and puts a fresh person in front of it. */
export type Staging = (conversation: GoldenConversation) => Promise<Stage>;

/** Whether what is found is to be written down, rather than held against what was written. */
export const updating = process.env.UPDATE_CONVERSATIONS === '1';

/**
 * Declares a test for every conversation of a JSON file and any driver: the phone, the server over HTTP, the simulator in a
 * browser. `UPDATE_CONVERSATIONS=1` writes down what is heard instead; read the diff.
 */
export function goldenConversations(file: URL, stage: Staging): void {
  const conversations: GoldenConversation[] = JSON.parse(readFileSync(file, 'utf8'));
  const heard: GoldenConversation[] = [];

  test.each(conversations.map((conversation) => [conversation.name, conversation] as const))(
    '%s',
    async (_, conversation) => {
      const { driver, seen, close } = await stage(conversation);
      try {
        const lines = await play(conversation.lines, driver);
        if (updating) {
          heard.push(rewritten(conversation, lines, seen?.()));
          return;
        }
        expect(printTranscript(lines)).toBe(printTranscript(conversation.lines));
        if (seen && conversation.expects) expect(seen()).toMatchObject(conversation.expects);
      } finally {
        await close?.();
      }
    },
  );

  afterAll(() => {
    const isWhole = heard.length === conversations.length;
    if (updating && isWhole && !isDeepStrictEqual(heard, conversations))
      writeFileSync(file, printJson(heard));
  });
}

function rewritten(
  conversation: GoldenConversation,
  lines: TranscriptLine[],
  seen: Required<Expected> | undefined,
): GoldenConversation {
  if (!seen || conversation.flow === undefined) return { ...conversation, lines };
  return { ...conversation, lines, expects: { ...seen } };
}
