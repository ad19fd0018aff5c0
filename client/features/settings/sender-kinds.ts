import type { Sender } from '#shared/api/senders.ts';

/** The kinds of sender in words, and how their addresses look. */
export const SENDER_KINDS: Record<Sender['kind'], { label: string; example: string; hint: string }> = {
  'short-code': {
    label: 'Short code',
    example: '12345',
    hint: 'Three to eight digits, in one country only.',
  },
  'long-number': { label: 'Long number', example: '+44 7700 900001', hint: 'An ordinary mobile number.' },
  'toll-free': {
    label: 'Toll-free number',
    example: '+1 800 555 0100',
    hint: 'The network itself answers STOP on it.',
  },
  alphanumeric: {
    label: 'Name',
    example: 'BLUEBIRD',
    hint: 'One way: people can’t reply to a name, so no question may be asked from it.',
  },
};
