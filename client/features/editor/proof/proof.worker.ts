import { ProofClerk } from './proof-clerk.ts';
import type { Numbered, ProofQuestion } from './proof-messages.ts';
import { messagePauses } from './slices.ts';

const clerk = new ProofClerk(messagePauses, (answer) => self.postMessage(answer));

/** Explores and plays drafts beside the page, so that typing never waits for it. */
self.onmessage = ({ data }: MessageEvent<Numbered<ProofQuestion>>) => clerk.take(data);
