/** A text as the simulated carrier posts it. */
export interface WireText {
  from: string;
  to: string;
  text: string;
  id: string;
}

/** What a gateway is told of its text; `wrong` is anything that our server never says to a text like that. */
export type Answer = 'decided' | 'pending' | 'refused' | 'wrong';

/** The request that brings a text, to be written as it is. The words must need no escape in JSON. */
export function requestOf(door: string, { from, to, text, id }: WireText): string {
  const body = `{"from":"${from}","to":"${to}","text":"${text}","id":"${id}"}`;
  return `POST ${door} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/**
 * Reads an answer; null while it is not all there. It knows only what our server says: the generator shares the cores with what it
 * measures. A text that is decided has its replies with it, one of those that are named; one that is pending has none yet.
 */
export function answerOf(received: string, replies: readonly string[]): Answer | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const body = received.slice(end + 4);
  if (body.length < Number(LENGTH.exec(received)?.[1] ?? 0)) return null;
  if (received.startsWith('HTTP/1.1 503 ')) return 'refused';
  if (!received.startsWith('HTTP/1.1 200 ')) return 'wrong';
  if (body.includes('"status":"decided"'))
    return replies.some((reply) => body.includes(`"replies":${reply}`)) ? 'decided' : 'wrong';
  return body.includes('"status":"pending"') ? 'pending' : 'wrong';
}

const LENGTH = /\r\ncontent-length: (\d+)/i;
