import type { Conversation } from '#flows/engine/transcript.ts';

/** What has to be given before a conversation begins, in sentences. */
export function givenOf({
  begins,
  contact = {},
  phone,
  language,
  tags = [],
  closedContests = [],
  emptyPools = [],
}: Conversation): string[] {
  return [
    ...(begins === undefined ? [] : [`It begins at ${begins}.`]),
    ...(phone === undefined ? [] : [`From ${phone}.`]),
    ...(language === undefined ? [] : [`This person speaks ${language}.`]),
    ...(tags.length > 0 ? [`This person is tagged ${tags.join(', ')}.`] : []),
    ...Object.entries(contact).map(([name, value]) => `contact.${name} is ${JSON.stringify(value)}.`),
    ...closedContests.map((contest) => `The contest ${contest} is closed.`),
    ...emptyPools.map((pool) => `The voucher pool ${pool} has no code left.`),
  ];
}
