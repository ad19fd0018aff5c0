import { normalise } from '#shared/sms/text.ts';

/** How a language names days, months and distances in time. Written as people write them; compared normalised. */
interface DateWords {
  /** January first; several spellings apart by "/". */
  months: string;
  /** Sunday first. */
  weekdays: string;
  /** Days from today by what they are called. */
  days: Readonly<Record<string, number>>;
  /** Distances: `#` stands for the number. */
  ahead: readonly string[];
  /** Units of distances, d, w, m and y. */
  units: Readonly<Record<string, 'd' | 'w' | 'm' | 'y'>>;
  /** Times of day that have a name, in minutes. */
  times: Readonly<Record<string, number>>;
  /** Words before an hour that make a bare number a time: "at 5". */
  at: readonly string[];
  /** Words between a date and a time, or between a day and its month. */
  between: readonly string[];
}

const WORDS: Readonly<Record<string, DateWords>> = {
  en: {
    months:
      'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec',
    weekdays:
      'sunday/sun monday/mon tuesday/tues/tue wednesday/weds/wed thursday/thurs/thur/thu friday/fri saturday/sat',
    days: {
      today: 0,
      tonight: 0,
      'this morning': 0,
      'this afternoon': 0,
      'this evening': 0,
      tomorrow: 1,
      tomorow: 1,
      tmrw: 1,
      tmr: 1,
      tom: 1,
      'day after tomorrow': 2,
      'the day after tomorrow': 2,
      yesterday: -1,
      'day before yesterday': -2,
      'next week': 7,
      'in a week': 7,
      'a week today': 7,
      'in a fortnight': 14,
    },
    ahead: ['in #', '# from now', '# from today'],
    units: { day: 'd', days: 'd', week: 'w', weeks: 'w', month: 'm', months: 'm', year: 'y', years: 'y' },
    times: { noon: 720, midday: 720, midnight: 0 },
    at: ['at', 'around', 'about', '@'],
    between: ['at', 'of', 'the', 'on', 'around', 'about', 'next', 'this', 'coming'],
  },
  fr: {
    months:
      'janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil aout septembre/sept octobre/oct novembre/nov decembre/dec',
    weekdays: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
    days: {
      "aujourd'hui": 0,
      'ce soir': 0,
      'ce matin': 0,
      demain: 1,
      'apres-demain': 2,
      'apres demain': 2,
      hier: -1,
      'avant-hier': -2,
      'la semaine prochaine': 7,
      'semaine prochaine': 7,
    },
    ahead: ['dans #', "d'ici #"],
    units: {
      jour: 'd',
      jours: 'd',
      semaine: 'w',
      semaines: 'w',
      mois: 'm',
      an: 'y',
      ans: 'y',
      annee: 'y',
      annees: 'y',
    },
    times: { midi: 720, minuit: 0 },
    at: ['a', 'vers'],
    between: ['a', 'le', 'vers', 'prochain', 'de'],
  },
  de: {
    months:
      'januar/jan/janner februar/feb marz/maerz/mar april/apr mai juni/jun juli/jul august/aug september/sept/sep oktober/okt november/nov dezember/dez',
    weekdays: 'sonntag/so montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sonnabend/sa',
    days: {
      heute: 0,
      'heute abend': 0,
      'heute nachmittag': 0,
      morgen: 1,
      ubermorgen: 2,
      uebermorgen: 2,
      gestern: -1,
      vorgestern: -2,
      'nachste woche': 7,
      'naechste woche': 7,
    },
    ahead: ['in #'],
    units: {
      tag: 'd',
      tage: 'd',
      tagen: 'd',
      woche: 'w',
      wochen: 'w',
      monat: 'm',
      monate: 'm',
      monaten: 'm',
      jahr: 'y',
      jahre: 'y',
      jahren: 'y',
    },
    times: { mittag: 720, mittags: 720, mitternacht: 0 },
    at: ['um', 'gegen'],
    between: ['um', 'am', 'gegen', 'den', 'nachsten', 'kommenden'],
  },
  es: {
    months:
      'enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/setiembre/sept/sep octubre/oct noviembre/nov diciembre/dic',
    weekdays: 'domingo lunes martes miercoles jueves viernes sabado',
    days: {
      hoy: 0,
      'esta noche': 0,
      'esta tarde': 0,
      manana: 1,
      'pasado manana': 2,
      ayer: -1,
      anteayer: -2,
      'la semana que viene': 7,
      'la proxima semana': 7,
    },
    ahead: ['en #', 'dentro de #'],
    units: { dia: 'd', dias: 'd', semana: 'w', semanas: 'w', mes: 'm', meses: 'm', ano: 'y', anos: 'y' },
    times: { mediodia: 720, medianoche: 0 },
    at: ['a las', 'a la', 'sobre las'],
    between: ['a las', 'a la', 'a', 'el', 'de', 'del', 'proximo'],
  },
};

/** The words of one language, ready to be looked up. Every list of alternatives is written for regular expressions, longest first. */
export interface DateLexicon {
  months: ReadonlyMap<string, number>;
  weekdays: ReadonlyMap<string, number>;
  days: ReadonlyMap<string, number>;
  units: ReadonlyMap<string, 'd' | 'w' | 'm' | 'y'>;
  times: ReadonlyMap<string, number>;
  ahead: readonly string[];
  at: readonly string[];
  between: readonly string[];
}

const lexicons = new Map<string, DateLexicon>();

/** The words of a language, English ones among them where they do not mean something else there. */
export function dateLexicon(language: string): DateLexicon {
  const code = language.split('-')[0] ?? language;
  let lexicon = lexicons.get(code);
  if (!lexicon) {
    lexicon = build([WORDS.en, code === 'en' ? undefined : WORDS[code]].flatMap((words) => words ?? []));
    if (lexicons.size < 200) lexicons.set(code, lexicon);
  }
  return lexicon;
}

const build = (sources: readonly DateWords[]): DateLexicon => ({
  months: new Map(sources.flatMap(({ months }) => spelled(months, 1))),
  weekdays: new Map(sources.flatMap(({ weekdays }) => spelled(weekdays, 0))),
  days: new Map(sources.flatMap(({ days }) => normalised(days))),
  units: new Map(sources.flatMap(({ units }) => normalised(units))),
  times: new Map(sources.flatMap(({ times }) => normalised(times))),
  ahead: sources.flatMap(({ ahead }) => ahead),
  at: sources.flatMap(({ at }) => at),
  between: sources.flatMap(({ between }) => between),
});

const spelled = (list: string, first: number): [string, number][] =>
  list
    .split(' ')
    .flatMap((spellings, n) =>
      spellings.split('/').map((word): [string, number] => [normalise(word), n + first]),
    );

const normalised = <Value>(table: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(table).map(([words, value]) => [normalise(words), value]);

/** Words as alternatives of a regular expression, the longest first so that none hides another. */
export const alternatives = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
