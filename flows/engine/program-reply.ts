import { segmentCount } from '#shared/sms/segments.ts';
import type { Desk } from './desk.ts';

/** A text of the program itself, outside any run. */
export function reply(text: string, desk: Desk): void {
  desk.effects.push({
    kind: 'send',
    id: desk.identity.newId(),
    runId: null,
    node: null,
    text,
    segments: segmentCount(text),
    purpose: 'reply',
    list: null,
  });
}
