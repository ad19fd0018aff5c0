/** A stretch of a text as its author wrote it: plain words, or a variable in braces. */
export interface TextPiece {
  kind: 'words' | 'variable';
  text: string;
}

const BRACES = /\{\{(.*?)\}\}/gs;

/** Cuts a template into words and variables for showing; a variable is named without its braces and filters. */
export function splitTemplate(template: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of template.matchAll(BRACES)) {
    if (match.index > at) pieces.push({ kind: 'words', text: template.slice(at, match.index) });
    pieces.push({ kind: 'variable', text: (match[1] ?? '').split('|')[0]?.trim() ?? '' });
    at = match.index + match[0].length;
  }
  if (at < template.length) pieces.push({ kind: 'words', text: template.slice(at) });
  return pieces;
}

/** A template with its variables taken out: what is certain about the length of the text it makes. */
export const withoutVariables = (template: string): string => template.replace(BRACES, '');
