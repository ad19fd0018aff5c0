/** What people say before their name, by language; English everywhere, for people mix. */
const LEAD_INS: Readonly<Record<string, string>> = {
  en: "hi|hello|hey|(?:my|the) (?:full |first )?name(?:'s| is)|i am|i'm|im|it's|its|it is|this is|call me|name",
  fr: "bonjour|salut|je m'appelle|mon nom est|je suis|moi c'est|c'est|nom",
  de: 'hallo|ich heisse|ich heiße|mein name ist|ich bin|name',
  es: 'hola|me llamo|mi nombre es|soy|nombre',
};
/** Words that a name is never made of, but that an unclear answer often is. */
const NO_NAMES =
  /^(?:yes|no|ok|okay|why|what|who|idk|none|nobody|oui|non|pourquoi|quoi|ja|nein|warum|was|wer|si|sí|por qué|que|qué|quien|no idea|not telling|maybe|later|never|stop|help)$/i;
const NAME = /^\p{L}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*){0,4}$/u;
const LONGEST = 80;

/**
 * The name a text gives: "Ada", "my name is ada lovelace" → Ada Lovelace. Null for what is none: digits, questions, sentences.
 * Capitals are put where somebody used none, or nothing else.
 */
export function readName(text: string, language: string): string | null {
  const short = language.split('-')[0] ?? language;
  const leads = [LEAD_INS[short], LEAD_INS.en].filter((lead) => lead !== undefined).join('|');
  const leadIn = new RegExp(`^(?:${leads})[\\s,:.!]+(?=\\p{L})`, 'iu');
  let name = text.normalize('NFC').replace(/’/g, "'").replace(/\s+/g, ' ').trim();
  // "Hi, my name is Ada"
  for (let times = 0; times < 3; times++) name = name.replace(leadIn, '');
  name = name.replace(/[\s,.!:;-]+$/, '').replace(/^[\s,.!:;"-]+/, '');
  if (name.length < 2 || name.length > LONGEST || NO_NAMES.test(name) || !NAME.test(name)) return null;
  const isMixed = name !== name.toLowerCase() && name !== name.toUpperCase();
  return isMixed
    ? name
    : name.toLowerCase().replace(/(^|[\s'-])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase());
}
