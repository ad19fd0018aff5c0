import { z } from 'zod';
import { ask, defineNode, type PlaceFragment, type Port } from '../../engine/node-kind.ts';
import type { OpeningHours } from '../../engine/opening-hours.ts';
import { longestClosed, minutesOf } from './week.ts';

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Write a time such as 09:30.');

const spanSchema = z
  .strictObject({
    /** 0 is Sunday. */
    days: z.array(z.number().int().min(0).max(6)).min(1, 'Choose at least one day.').max(7),
    from: clock,
    /** Before `from`: it goes on past midnight. */
    to: clock,
  })
  .refine(({ from, to }) => from !== to, { message: 'Open from when to when?', path: ['to'] });

export const windowConfig = z.strictObject({
  hours: z.array(spanSchema).min(1, 'Say when it is open.').max(14),
  /** Days on which it is closed: 12-25 every year, 2026-05-04 once. */
  closed: z
    .array(
      z
        .string()
        .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Write a day as 12-25 or 2026-12-25.'),
    )
    .max(100)
    .default([]),
  /** Whose clock counts: the contact's, or that of a zone such as Europe/London. */
  zone: z
    .string()
    .regex(/^(contact|UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2})$/, 'Choose a time zone.')
    .default('contact'),
  /** Waits until it is open instead of leaving by `closed`. */
  wait: z.boolean().default(false),
});
export type WindowConfig = z.infer<typeof windowConfig>;

/** Goes different ways by the hour, or waits for the right one: business hours, quiet hours. */
export const window = defineNode<WindowConfig>({
  kind: 'window',
  family: 'time',
  title: 'Check the hour',
  summary: 'Goes on during certain hours, or waits for them: business hours, quiet hours.',
  schema: windowConfig,
  initial: () => ({
    hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    closed: [],
    zone: 'contact',
    wait: false,
  }),
  places: ['check', 'wait'],
  waits: ({ wait }) => wait,
  ports: ({ wait }): Port[] =>
    wait
      ? [{ id: 'open', label: 'Once it is open', required: true, open: 'completed' }]
      : [
          { id: 'open', label: 'Open', required: true, open: 'completed' },
          { id: 'closed', label: 'Closed', required: true, open: 'completed' },
        ],
  states: (config, to) => {
    const hours = openingHours(config);
    const check: PlaceFragment = {
      entry: [ask({ kind: 'window', hours, zone: config.zone })],
      on: {
        'answer.window.open': to('open'),
        'answer.window.closed': config.wait ? { target: 'wait' } : to('closed'),
      },
    };
    // The clock is asked again on waking: an hour may have been skipped, or a day added on which it is closed.
    const wait: PlaceFragment = {
      entry: [ask({ kind: 'wake', afterSeconds: longestClosed(hours) * 60, until: 'opening' })],
      on: { timeout: { target: 'check' } },
    };
    const states: Record<string, PlaceFragment> = { check };
    if (config.wait) states.wait = wait;
    return states;
  },
});

/** The hours as the engine counts them. */
export const openingHours = ({ hours, closed }: Pick<WindowConfig, 'hours' | 'closed'>): OpeningHours => ({
  spans: hours.map(({ days, from, to }) => ({ days, from: minutesOf(from), to: minutesOf(to) })),
  closed,
});
