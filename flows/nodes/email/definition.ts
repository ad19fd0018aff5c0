import { z } from 'zod';
import { textSchema } from '../../definition/config-parts.ts';
import { ask, defineNode, type NodeIssue } from '../../engine/node-kind.ts';

export const emailConfig = z.strictObject({
  /** An address, or a variable that holds one. */
  to: textSchema('Say to whom.'),
  subject: textSchema('Write a subject.'),
  body: textSchema('Write the e-mail.'),
});
export type EmailConfig = z.infer<typeof emailConfig>;

/** Sends an e-mail and goes on once the mail server has it, or has refused it. */
export const email = defineNode<EmailConfig>({
  kind: 'email',
  family: 'act',
  title: 'Send an e-mail',
  summary: 'Sends an e-mail, to the person or to anybody else.',
  schema: emailConfig,
  initial: () => ({
    to: '{{contact.email}}',
    subject: 'Your order at {{program.brand}}',
    body: 'Hello {{contact.firstName | default: "there"}},\n\nthank you for texting us.',
  }),
  places: ['send'],
  waits: () => true,
  busy: true,
  ports: () => [
    { id: 'sent', label: 'Sent', required: true, open: 'completed' },
    { id: 'failed', label: 'Could not be sent', required: true, open: 'completed' },
    { id: 'not-configured', label: 'No mail server is set up', required: false, open: 'completed' },
  ],
  texts: ({ to, subject, body }) => [
    { field: 'to', template: to },
    { field: 'subject', template: subject },
    { field: 'body', template: body },
  ],
  check: ({ to }) => (isAddress(to) ? [] : [NO_ADDRESS]),
  states: (_, to) => ({
    send: {
      entry: [ask({ kind: 'email', to: 'to', subject: 'subject', body: 'body' })],
      on: {
        'answer.email.sent': to('sent'),
        'answer.email.failed': to('failed'),
        'answer.email.not-configured': to('not-configured'),
      },
    },
  }),
});

const isAddress = (to: string): boolean => to.includes('{{') || /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(to);

const NO_ADDRESS: NodeIssue = {
  code: 'email.address',
  severity: 'error',
  message: 'This is no e-mail address. Write one, or a variable that holds one such as {{contact.email}}.',
  path: 'to',
};
