import { normalise } from './sms/text.ts';

/** A language as English and as its speakers call it. */
export interface LanguageNames {
  readonly name: string;
  readonly own: string;
}

/** Our own small table, by ISO 639 code: Intl would name languages otherwise in another browser. */
const LANGUAGES: Readonly<Record<string, LanguageNames>> = {
  en: { name: 'English', own: 'English' },
  fr: { name: 'French', own: 'Français' },
  de: { name: 'German', own: 'Deutsch' },
  es: { name: 'Spanish', own: 'Español' },
  it: { name: 'Italian', own: 'Italiano' },
  pt: { name: 'Portuguese', own: 'Português' },
  nl: { name: 'Dutch', own: 'Nederlands' },
  pl: { name: 'Polish', own: 'Polski' },
  sv: { name: 'Swedish', own: 'Svenska' },
  no: { name: 'Norwegian', own: 'Norsk' },
  da: { name: 'Danish', own: 'Dansk' },
  fi: { name: 'Finnish', own: 'Suomi' },
  cs: { name: 'Czech', own: 'Čeština' },
  ro: { name: 'Romanian', own: 'Română' },
  hu: { name: 'Hungarian', own: 'Magyar' },
  el: { name: 'Greek', own: 'Ελληνικά' },
  tr: { name: 'Turkish', own: 'Türkçe' },
  ru: { name: 'Russian', own: 'Русский' },
  uk: { name: 'Ukrainian', own: 'Українська' },
  ar: { name: 'Arabic', own: 'العربية' },
  he: { name: 'Hebrew', own: 'עברית' },
  hi: { name: 'Hindi', own: 'हिन्दी' },
  bn: { name: 'Bengali', own: 'বাংলা' },
  th: { name: 'Thai', own: 'ไทย' },
  vi: { name: 'Vietnamese', own: 'Tiếng Việt' },
  id: { name: 'Indonesian', own: 'Bahasa Indonesia' },
  tl: { name: 'Tagalog', own: 'Tagalog' },
  zh: { name: 'Chinese', own: '中文' },
  ja: { name: 'Japanese', own: '日本語' },
  ko: { name: 'Korean', own: '한국어' },
};

/** A language by its English name, the region behind it: “Portuguese (BR)”. A code without a name stands for itself. */
export function languageName(code: string): string {
  const [language = code, ...region] = code.split('-');
  const name = own(LANGUAGES, language)?.name;
  return name === undefined ? code : region.length > 0 ? `${name} (${region.join('-')})` : name;
}

const CODE = /^([a-z]{2,3})(-[a-z0-9]{2,8})?$/i;

/**
 * The code of a language as somebody wrote it: a code (“FR”, “pt-br”), or its name in English or its own words (“français”).
 * Null for anything else.
 */
export function readLanguage(written: string): string | null {
  const byName = BY_NAME.get(normalise(written));
  if (byName !== undefined) return byName;
  const [, language, region = ''] = CODE.exec(written.trim()) ?? [];
  return language === undefined ? null : `${language.toLowerCase()}${region.toUpperCase()}`;
}

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(LANGUAGES).flatMap(([code, names]) => [
    [normalise(names.name), code],
    [normalise(names.own), code],
  ]),
);

const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
