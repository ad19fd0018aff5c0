import type { Erased } from '#shared/api/common.ts';
import { erasedWords } from '../../lib/format/erased-words.ts';
import { useZone } from '../../lib/use-zone.ts';

export interface TextWordsProps {
  text: string | null;
  erased?: Erased | undefined;
}

/** The words of a text, or why there are none. */
export function TextWords({ text, erased = null }: TextWordsProps) {
  const zone = useZone();
  if (erased) return <em>{erasedWords(erased.at, zone)}</em>;
  if (text === null) return <em>Not kept any longer</em>;
  return text === '' ? <em>Empty text</em> : text;
}
