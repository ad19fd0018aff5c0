import { normalise } from '#shared/sms/text.ts';
import type { Classifier } from './node-kind.ts';

const SENTENCES = ['What is this?', 'Maybe later', 'Hmm', 'Purple elephants', 'Qwxz 77'];

/** A text that a classifier finds unclear, as the example of its category `other`. */
export function unclearExamples(classify: Classifier, language: string): string[] {
  const unclear = SENTENCES.find(
    (text) => classify({ text, normalised: normalise(text) }, language).category === 'other',
  );
  return unclear === undefined ? [] : [unclear];
}
