/** A request for a short link, as far as it tells who makes it. */
export interface LinkRequest {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** How old the link is, in milliseconds. */
  age: number;
}

/** Programs that look at links on behalf of people: previews of messengers, mail and virus scanners, libraries. */
const PROGRAMS =
  /bot\b|bot\/|crawl|spider|preview|scan|facebookexternalhit|facebot|whatsapp|telegram|skypeuri|slack|discord|embedly|google-safety|feedfetcher|mimecast|proofpoint|barracuda|symantec|trendmicro|safelinks|headless|phantom|curl|wget|python|java\/|okhttp|go-http|node-fetch|axios|libwww|httpclient|ruby|php/i;

/** Nobody has read the text and found the link in it so soon after it was made, in milliseconds. */
const TOO_SOON = 1_500;

/** Why a request for a link is a program's and not a person's tap, or null. */
export function scannerOf({ method, headers, age }: LinkRequest): string | null {
  const agent = one(headers['user-agent']);
  if (method !== 'GET') return 'no page was asked for';
  if (agent === '') return 'it does not say what it is';
  if (PROGRAMS.test(agent)) return 'it says that it is a program';
  const purpose = `${one(headers.purpose)} ${one(headers['sec-purpose'])} ${one(headers['x-purpose'])} ${one(headers['x-moz'])}`;
  if (/prefetch|preview|prerender/i.test(purpose)) return 'it loads ahead of anybody’s tap';
  if (!/text\/html|\*\/\*/.test(one(headers.accept))) return 'it wants no page';
  return age < TOO_SOON ? 'it came before anybody could have read the text' : null;
}

const one = (header: string | string[] | undefined): string =>
  Array.isArray(header) ? (header[0] ?? '') : (header ?? '');
