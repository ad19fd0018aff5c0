import { z } from 'zod';
import { LIMITS } from '../../definition/schema.ts';
import { defineNode } from '../../engine/node-kind.ts';

/** The colours a note may have; they mean what its author wants them to. */
export const NOTE_COLORS = ['yellow', 'green', 'blue', 'pink'] as const;

export const noteConfig = z.strictObject({
  text: z.string().max(LIMITS.text).default(''),
  color: z.enum(NOTE_COLORS).default('yellow'),
});
export type NoteConfig = z.infer<typeof noteConfig>;

/** A sticky note on the canvas, for people who draw. It never runs, and no line leads to it or from it. */
export const note = defineNode<NoteConfig>({
  kind: 'note',
  family: 'end',
  title: 'Note',
  summary: 'A remark on the canvas for whoever draws here next. Nobody is texted.',
  schema: noteConfig,
  initial: () => ({ text: 'Remember to…', color: 'yellow' }),
  passive: true,
  places: ['note'],
  ports: () => [],
  // A line that leads here in spite of all ends the conversation.
  states: () => ({ note: { always: { target: '#$ended' } } }),
});
