import { assertNever } from '#shared/assert-never.ts';
import { readPattern } from '#shared/sms/pattern.ts';
import type { Reply } from '../engine/node-kind.ts';
import type { Captured } from './captured.ts';
import { phoneCountry, readEmail, readPhone } from './read-address.ts';
import { dateIn, momentIn, timeIn } from './read-moment.ts';
import { numberFits, readNumber } from './read-number.ts';
import { wordReader } from './read-words.ts';
import type { ReplyTest } from './reply-test.ts';
import { yesOrNo } from './yes-no.ts';

/** Makes a test ready for replies in a language; what it builds is built once. The answer is what it takes, null where it fails. */
export function testReader(test: ReplyTest, language: string): (reply: Reply) => Captured | null {
  switch (test.test) {
    case 'any':
    case 'all':
    case 'only':
    case 'phrase':
    case 'begins': {
      const read = wordReader(test, language);
      return ({ normalised }) => read(normalised);
    }
    case 'number':
      return ({ normalised }) => {
        const read = readNumber(normalised, language);
        return read && numberFits(read.value, test) ? read : null;
      };
    case 'date':
      return (reply) => within(reply, dateIn(reply, language, test));
    case 'time':
      return (reply) => within(reply, timeIn(reply, language, test));
    case 'moment':
      return (reply) => within(reply, momentIn(reply, language, test));
    case 'yes':
    case 'no':
      return ({ normalised }) =>
        yesOrNo(normalised, language) === test.test ? { value: test.test, leads: true } : null;
    case 'email':
      return (reply) => within(reply, readEmail(reply.text));
    case 'phone':
      return (reply) => within(reply, readPhone(reply.text, phoneCountry(test.country, reply.phone)));
    case 'pattern': {
      const pattern = readPattern(test.pattern);
      return ({ text }) => {
        const written = text.normalize('NFKC').trim();
        const found = 'find' in pattern ? pattern.find(written) : null;
        return found && { value: written.slice(found.from, found.to), leads: found.from === 0 };
      };
    }
    case 'media':
      return ({ media, normalised }) =>
        media?.[0] === undefined ? null : { value: media[0], leads: normalised === '' };
    case 'anything':
      return ({ text }) => ({ value: text, leads: false });
    default:
      return assertNever(test);
  }
}

/** A reply of a few words is about what it holds; in a longer one it may stand by the way. */
const FEW_WORDS = 6;

const within = ({ normalised }: Reply, value: string | null): Captured | null =>
  value === null ? null : { value, leads: normalised.split(' ').length <= FEW_WORDS };
