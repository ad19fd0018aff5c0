import { countryRules } from '#shared/sms/countries/index.ts';
import { type Issue, warning } from '../../definition/issue.ts';
import type { Property } from './property.ts';

/** Words by which people leave, and which everybody knows as such. */
const PLAIN = ['STOP', 'UNSUBSCRIBE', 'OPT OUT'];

/** No text offers people a word such as CANCEL for something else where that word unsubscribes them. */
export const offeredWord: Property = {
  id: 'offered-word',
  promise: 'No text offers a word that unsubscribes.',
  severity: 'warning',
  owns: [],
  check({ ground }): Issue[] {
    const { name, revokesByLaw } = countryRules(ground.world.country);
    const revoking = revokesByLaw.flatMap(({ words }) => words).filter((word) => !PLAIN.includes(word));
    const { compiled, parsed, drawing } = ground;
    return [...parsed.nodes.values()].flatMap((node) =>
      node.texts.flatMap(({ field }) =>
        compiled.definition.languages.flatMap((language, at) => {
          const text = compiled.text(node.id, field, language).source;
          const word = revoking.find((one) => offers(text, one));
          if (word === undefined || (at > 0 && text === compiled.text(node.id, field, '').source)) return [];
          const path = at === 0 ? `config.${field}` : `translations.${language}.${field}`;
          const sentence = `${drawing.name(node.id)} offers “${word}”, and whoever texts it in ${name} is unsubscribed from everything. Choose another word.`;
          return [warning('text.offers-stop-word', sentence, { node: node.id, path })];
        }),
      ),
    );
  },
};

/** Written in capitals, as words to text back are, and not as another word for STOP. */
const offers = (text: string, word: string): boolean =>
  sentences(text).some(
    (sentence) =>
      new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'u').test(sentence) && !/\bSTOP\b/.test(sentence),
  ) && /\p{Ll}/u.test(text);

const sentences = (text: string): string[] => text.split(/(?<=[.!?])\s+/);
