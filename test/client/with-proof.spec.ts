import { expect, test } from '@jest/globals';
import { withProof } from '#client/features/editor/proof/with-proof.ts';
import type { ShownIssue } from '#client/features/editor/proof/proof-messages.ts';
import { error } from '#flows/definition/issue.ts';

const WITNESS: ShownIssue['witness'] = { lines: [{ says: 'OFFER' }], given: [], replayed: true };
const place = { path: 'triggers.0.words.0' };
const shown = (message: string): ShownIssue => ({
  ...error('keyword.taken', message, place),
  witness: WITNESS,
});

test('tells a keyword that another flow has once, in the words of the server and with the conversation', () => {
  const server = error(
    'keyword.taken',
    'The keyword OFFER is already used by “Offers” on every sender.',
    place,
  );
  const explored = { findings: [shown('The keyword “OFFER” belongs to “Offers” as well.')] };
  expect(withProof([server], { explored, fresh: true, certain: [] })).toEqual([
    { ...server, witness: WITNESS },
  ]);
  // While the draft is explored anew, the conversation may be about another word.
  expect(withProof([server], { explored, fresh: false, certain: [] })).toEqual([server]);
});

test('leaves two findings at one place apart where both are told as they were found', () => {
  const findings = [shown('The first.'), shown('The second.')];
  const proved = { explored: { findings }, fresh: true, certain: [] };
  expect(withProof([error('keyword.taken', 'The first.', place)], proved)).toEqual(findings);
});
