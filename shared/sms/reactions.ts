import { phraseList as list } from './text.ts';

// In the language of the phone, whatever the program speaks. What iPhones write, and Android since it writes the like.
const KIND = list(
  `liked, loved, emphasized, emphasised, laughed at, questioned, removed a like from, removed a heart from, removed a laugh from,
  removed an exclamation from, removed a question mark from, a aimé, a adoré, a souligné, a ri de, gefällt, liebt, le gustó, le encantó,
  le dio risa, enfatizó, gostou de, adorou, amou, riu de, enfatizou`,
);
const UNKIND = list(
  `disliked, removed a dislike from, n'a pas aimé, gefällt nicht, no le gustó, não gostou de`,
);

/** Signs of people who have had enough. */
const ANGRY = /[👎🖕😡🤬🛑✋🚫⛔🙅]/u;
/** "Reacted 👍 to “…”", "👍 to “…”". */
const SIGN = /^(?:reacted (?:with )?)?([^\p{L}\p{N}\s"]{1,12}) (?:to|a|à|zu|auf) "/u;

/**
 * What a reaction to a text of ours says, where a phone writes it out: `Liked “ACME: half price. Reply STOP to end.”` All but the first
 * words are our own, and no STOP of the person's. Null where the text is none: one that goes on behind what it quotes is the person's.
 */
export function reactionIn(normalisedText: string): 'kind' | 'unkind' | null {
  const quote = normalisedText.indexOf('"');
  // Marks at the end are gone by now, the one that closes the quote as well.
  if (quote < 1 || normalisedText.includes('"', quote + 1)) return null;
  const said = normalisedText.slice(0, quote).trim();
  if (UNKIND.includes(said)) return 'unkind';
  if (KIND.includes(said)) return 'kind';
  const sign = SIGN.exec(normalisedText)?.[1];
  return sign === undefined ? null : ANGRY.test(sign) ? 'unkind' : 'kind';
}
