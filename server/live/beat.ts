import type { LiveBeat } from '#shared/api/live.ts';
import type { Message } from '#shared/api/messages.ts';

/** What a node did in a workspace since it last told the others. */
export interface Digest {
  inbound: number;
  outbound: number;
  /** The ids of its newest texts, oldest first. */
  messageIds: readonly string[];
  passages: LiveBeat['passages'];
  /** What this node alone counted in the last minute. */
  perMinute: LiveBeat['perMinute'];
}

/** What one batch of the runtime did in a workspace, told after its commit. */
export interface PublishedBatch {
  workspaceId: string;
  inbound: number;
  outbound: number;
  /** Ids of the stored texts, oldest first; asked for only when somebody watches. */
  messageIds: () => readonly string[];
  passages: LiveBeat['passages'];
}

/** A beat shows the newest texts only; the counts tell of all. */
const MOST_MESSAGES = 20;
const MOST_PASSAGES = 60;
const MOST_BYTES = 8_000;
const LONGEST_TEXT = 160;

/** Gathers what has happened since the last beat. */
export class BeatDraft {
  private inbound = 0;
  private outbound = 0;
  private messageIds: string[] = [];
  private readonly passages = new Map<string, LiveBeat['passages'][number]>();

  add(batch: PublishedBatch): void {
    this.count(batch, batch.messageIds());
    for (const passage of batch.passages) this.pass(passage);
  }

  /** What another node did. */
  addDigest(digest: Digest): void {
    this.count(digest, digest.messageIds);
    for (const passage of digest.passages) this.pass(passage);
  }

  get newestIds(): readonly string[] {
    return this.messageIds;
  }

  /** The same for the other nodes, who look the texts up themselves. */
  digest(perMinute: LiveBeat['perMinute']): Digest {
    const { inbound, outbound, messageIds } = this;
    return { inbound, outbound, messageIds, passages: this.busiest(), perMinute };
  }

  /** The beat, within what a socket should carry: long texts are cut, the oldest texts and the rarest lines left out. */
  finish(at: string, perMinute: LiveBeat['perMinute'], messages: readonly Message[]): LiveBeat {
    const beat: LiveBeat = {
      at,
      inbound: this.inbound,
      outbound: this.outbound,
      perMinute,
      messages: messages.map(shorten),
      passages: this.busiest(),
    };
    while (beat.messages.length > 0 && sizeOf(beat) > MOST_BYTES) beat.messages.pop();
    while (beat.passages.length > 0 && sizeOf(beat) > MOST_BYTES) beat.passages.pop();
    return beat;
  }

  private count({ inbound, outbound }: LiveBeat['perMinute'], ids: readonly string[]): void {
    this.inbound += inbound;
    this.outbound += outbound;
    this.messageIds = [...this.messageIds, ...ids.slice(-MOST_MESSAGES)].slice(-MOST_MESSAGES);
  }

  private pass({ flowId, node, port, count }: LiveBeat['passages'][number]): void {
    const key = `${flowId} ${node} ${port}`;
    const known = this.passages.get(key);
    if (known) known.count += count;
    else this.passages.set(key, { flowId, node, port, count });
  }

  private busiest(): LiveBeat['passages'] {
    return [...this.passages.values()].sort((a, b) => b.count - a.count).slice(0, MOST_PASSAGES);
  }
}

/** Cuts between characters, never through a surrogate pair. */
function shorten(message: Message): Message {
  if (message.text.length <= LONGEST_TEXT) return message;
  return { ...message, text: `${message.text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…` };
}

const sizeOf = (beat: LiveBeat): number => Buffer.byteLength(JSON.stringify(beat));
