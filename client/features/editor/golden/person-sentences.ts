import type { SavedConversation } from '#shared/api/conversations.ts';
import { exactMoment } from '../../../lib/format/moment.ts';
import { formatPhone } from '#shared/sms/phone.ts';

/** What a conversation says of the person before the first text, for people. */
export function personSentences(conversation: Omit<SavedConversation, 'name' | 'lines'>): string[] {
  const {
    begins,
    contact = {},
    phone,
    language,
    tags = [],
    closedContests = [],
    emptyPools = [],
    holds,
  } = conversation;
  const fields = Object.entries(contact).map(([name, value]) => `${name} is ${String(value)}`);
  return [
    ...(begins === undefined ? [] : [`It begins on ${exactMoment(begins, 'UTC')} UTC.`]),
    ...(phone === undefined ? [] : [`The person's number is ${formatPhone(phone)}.`]),
    ...(language === undefined ? [] : [`They speak ${language}.`]),
    ...(fields.length === 0 ? [] : [`Their ${fields.join(', ')}.`]),
    ...(tags.length === 0 ? [] : [`They are tagged ${tags.join(', ')}.`]),
    ...(closedContests.length === 0 ? [] : [`The contest ${closedContests.join(', ')} is over.`]),
    ...(emptyPools.length === 0 ? [] : [`The voucher pool ${emptyPools.join(', ')} has no code left.`]),
    ...(holds ? ['What is asked of the outside waits for its answer.'] : []),
  ];
}
