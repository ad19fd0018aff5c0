import type { CollectConfig } from './definition.ts';
import type { Wanted } from './wanted.ts';

type Kind = Wanted['kind'];

/** What can be collected, as an author chooses it. */
export const WANTED_KINDS: { value: Kind; label: string }[] = [
  { value: 'name', label: 'A name' },
  { value: 'email', label: 'An e-mail address' },
  { value: 'phone', label: 'A phone number' },
  { value: 'postcode', label: 'A postcode' },
  { value: 'number', label: 'A number' },
  { value: 'date', label: 'A date' },
  { value: 'picture', label: 'A picture' },
];

const WORDS: Readonly<Record<Kind, readonly [saveAs: string, question: string, again: string]>> = {
  name: ['name', 'What is your name?', 'Please reply with just your name.'],
  email: [
    'email',
    'What is your e-mail address?',
    'That does not look like an e-mail address. Please try again, such as ada@example.com.',
  ],
  phone: [
    'callback',
    'On which number can we call you?',
    'That does not look like a phone number. Please try again, with the area code.',
  ],
  postcode: ['postcode', 'What is your postcode?', 'That does not look like a postcode. Please try again.'],
  number: ['number', 'How many?', 'Please reply with just a number.'],
  date: ['date', 'On which day?', 'Please reply with a date, such as 24 May.'],
  picture: ['picture', 'Please send us a picture.', 'We need a picture. Please send one.'],
};

/** The words an author starts with for each kind, in place of those of the kind before. */
export function wordsFor(kind: Kind): Pick<CollectConfig, 'wanted' | 'saveAs' | 'text' | 'retryText'> {
  const [saveAs, text, retryText] = WORDS[kind];
  return { wanted: { kind }, saveAs, text, retryText };
}
