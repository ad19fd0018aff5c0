import type { LiveBeat } from '#shared/api/live.ts';
import type { Message } from '#shared/api/messages.ts';

/** A line of a flow that somebody went along. */
export interface LivePassage {
  flowId: string;
  node: string;
  port: string;
}

/** What one batch of the runtime did in a workspace, told after its commit. */
export interface PublishedBatch {
  workspaceId: string;
  inbound: number;
  outbound: number;
  /** Ids of the stored texts, oldest first; asked for only when somebody watches. */
  messageIds: () => readonly string[];
  passages: readonly LivePassage[];
}

/** A beat shows the newest texts only; the counts tell of all. */
export const MOST_MESSAGES = 20;
const MOST_PASSAGES = 60;
const MOST_BYTES = 8_000;
const LONGEST_TEXT = 160;

/** What has happened since the last beat. */
export class BeatDraft {
  private inbound = 0;
  private outbound = 0;
  private messageIds: string[] = [];
  private readonly passages = new Map<string, LiveBeat['passages'][number]>();

  add(batch: PublishedBatch): void {
    this.inbound += batch.inbound;
    this.outbound += batch.outbound;
    this.messageIds = [...this.messageIds, ...batch.messageIds().slice(-MOST_MESSAGES)].slice(-MOST_MESSAGES);
    for (const { flowId, node, port } of batch.passages) {
      const key = `${flowId} ${node} ${port}`;
      const known = this.passages.get(key);
      if (known) known.count++;
      else this.passages.set(key, { flowId, node, port, count: 1 });
    }
  }

  get newestIds(): readonly string[] {
    return this.messageIds;
  }

  /** The beat, within what a socket should carry: long texts are cut, the oldest texts and the rarest lines left out. */
  finish(at: string, perMinute: LiveBeat['perMinute'], messages: readonly Message[]): LiveBeat {
    const passages = [...this.passages.values()].sort((a, b) => b.count - a.count).slice(0, MOST_PASSAGES);
    const beat: LiveBeat = {
      at,
      inbound: this.inbound,
      outbound: this.outbound,
      perMinute,
      messages: messages.map(shorten),
      passages,
    };
    while (beat.messages.length > 0 && sizeOf(beat) > MOST_BYTES) beat.messages.pop();
    while (beat.passages.length > 0 && sizeOf(beat) > MOST_BYTES) beat.passages.pop();
    return beat;
  }
}

/** Cuts between characters, never through a surrogate pair. */
function shorten(message: Message): Message {
  if (message.text.length <= LONGEST_TEXT) return message;
  return { ...message, text: `${message.text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…` };
}

const sizeOf = (beat: LiveBeat): number => Buffer.byteLength(JSON.stringify(beat));
