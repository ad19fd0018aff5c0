import { reservedWords } from '#shared/sms/reserved-words.ts';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';

function read(text: string, country: string, languages: readonly string[]) {
  return revocation(normalise(text), reservedWords(country, languages), languages)?.certainty ?? null;
}

describe('a wish to hear no more', () => {
  it.each([
    ['Stop. Thank you', 'US', ['en']],
    ['please STOP', 'GB', ['en']],
    ['STOP STOP STOP!!!', 'US', ['en']],
    ['🛑', 'US', ['en']],
    ['Stop 🛑🛑', 'US', ['en']],
    ['sotp', 'US', ['en']],
    ['Stop texting me!', 'US', ['en']],
    ['Please don’t text me again', 'GB', ['en']],
    ['take me off your list', 'US', ['en']],
    ['Unsubscribe me pls', 'US', ['en']],
    ['cancel please', 'US', ['en']],
    ['Arrêtez de m’envoyer des SMS', 'FR', ['fr']],
    ['STOP SVP', 'FR', ['fr']],
    ['Bitte abmelden', 'DE', ['de']],
    ['Keine Nachrichten mehr bitte', 'DE', ['de']],
    ['No me envíen más mensajes', 'US', ['en', 'es']],
  ] as const)('is certain in %j (%s)', (text, country, languages) => {
    expect(read(text, country, languages)).toBe('certain');
  });

  it.each([
    ['stop by the shop tomorrow?', 'US', ['en']],
    ['Not interested', 'US', ['en']],
    ['Cancel my appointment on Friday', 'US', ['en']],
    ['no quiero perder mi premio', 'US', ['en', 'es']],
  ] as const)('is unsure in %j (%s)', (text, country, languages) => {
    expect(read(text, country, languages)).toBe('unsure');
  });

  it.each([
    ['We have got to STOP this terrible bill', 'US', ['en']],
    ['SHOP', 'US', ['en']],
    ['step', 'US', ['en']],
    ['stoop', 'US', ['en']],
    ['Cancel my appointment on Friday', 'GB', ['en']],
    ['yes please', 'US', ['en']],
    ['thank you', 'US', ['en']],
    ['the bus stop', 'GB', ['en']],
    ['', 'US', ['en']],
  ] as const)('is not in %j (%s)', (text, country, languages) => {
    expect(read(text, country, languages)).toBeNull();
  });
});
