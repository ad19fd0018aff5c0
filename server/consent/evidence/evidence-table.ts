import type { ConsentEvidence, PendingConsent } from '#shared/api/consent.ts';
import { csvLine } from '../../common/csv.ts';

const COLUMNS = [
  'phone',
  'at',
  'about',
  'from',
  'to',
  'because',
  'words',
  'given',
  'decided by',
  'message id',
  'texted to',
  'gateway message id',
  'had read before',
  'waits for',
  'hash',
  'verified',
] as const;

/** Evidence as a table for spreadsheets. */
export function evidenceTable({ phone, entries, pending }: ConsentEvidence): string {
  const waiting = new Map(pending.map((one) => [one.list.key, one] as const));
  const lines = entries.toReversed().map((entry) => {
    // Only what a consent came to last is still waited for.
    const wait = entry.list !== null && entry.to === 'pending' ? waiting.get(entry.list) : undefined;
    if (entry.list !== null) waiting.delete(entry.list);
    return [
      phone,
      entry.at,
      entry.about,
      entry.from,
      entry.to,
      entry.because,
      entry.words,
      entry.given && JSON.stringify(entry.given),
      entry.decidedBy,
      entry.messageId,
      entry.texted?.to,
      entry.texted?.gatewayMessageId,
      entry.answered?.text,
      wait && waitWords(wait),
      entry.hash,
      entry.verified,
    ];
  });
  return `\uFEFF${[COLUMNS, ...lines.reverse()].map(csvLine).join('')}`;
}

function waitWords({ waitsFor, question }: PendingConsent): string {
  const asked = question && `asked ${question.askedAt}${question.text === null ? '' : `: ${question.text}`}`;
  return [WAITS[waitsFor], ...(asked ? [asked] : [])].join('; ');
}

const WAITS: Readonly<Record<PendingConsent['waitsFor'], string>> = {
  reply: 'their yes to the question',
  'asking-again': 'being asked again: nobody waits for the answer any more',
  question: 'being asked to confirm',
  age: 'an answer that they are old enough',
  word: 'a word of theirs that they want it',
};
