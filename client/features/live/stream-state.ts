import type { LiveBeat } from '#shared/api/live.ts';
import type { Message } from '#shared/api/messages.ts';

/** What the live page shows of the traffic. */
export interface StreamState {
  /** Newest first; undefined until the first answer. */
  messages: readonly Message[] | undefined;
  /** Texts that came while the stream stood still. */
  unseen: number;
  /** What each flow's lines were gone along since the page was opened, by flow. */
  passages: ReadonlyMap<string, number>;
}

export const NO_STREAM: StreamState = { messages: undefined, unseen: 0, passages: new Map() };

/** More than anybody reads; older ones are under Messages. */
const SHOWN = 200;

/** So many of the newest are asked for at once. */
export const ASKED = 50;

/** Whether it is still open what becomes of one of the newest. */
export const hasUnsettled = ({ messages }: StreamState): boolean =>
  messages?.slice(0, ASKED).some(({ status }) => status === 'queued' || status === 'pending') ?? false;

/** The stream after these beats. Paused, texts are counted instead of shown. */
export function withBeats(now: StreamState, beats: readonly LiveBeat[], paused: boolean): StreamState {
  const moved = beats.flatMap((beat) => beat.passages);
  const passages = moved.length === 0 ? now.passages : withPassages(now.passages, moved);
  const texts = beats.reduce((sum, { inbound, outbound }) => sum + inbound + outbound, 0);
  if (paused) return { ...now, passages, unseen: now.unseen + texts };
  const newer = beats.flatMap((beat) => beat.messages);
  const messages = newer.length === 0 ? now.messages : merge(newer, now.messages ?? []);
  return { ...now, passages, messages };
}

function withPassages(before: StreamState['passages'], moved: LiveBeat['passages']): StreamState['passages'] {
  const passages = new Map(before);
  for (const { flowId, count } of moved) passages.set(flowId, (passages.get(flowId) ?? 0) + count);
  return passages;
}

/** The stream after the newest texts were asked for. */
export const withMessages = (now: StreamState, messages: readonly Message[]): StreamState => ({
  ...now,
  unseen: 0,
  messages: merge(messages, now.messages ?? []),
});

/** Newest first, each once; the newer view of a message wins. */
function merge(newer: readonly Message[], older: readonly Message[]): readonly Message[] {
  const byId = new Map([...older, ...newer].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
}
