import {
  type ConsumerMessages,
  DeliverPolicy,
  DiscardPolicy,
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../common/errors.ts';
import { readNatsAddress } from './nats-address.ts';

/** The stream's name, which operators meet, and what its subjects begin with; the partition follows, and the mark of the contact. */
export const STREAM = 'TEXTLOOM_INBOUND';
const SUBJECT = 'textloom.inbound';
const SUBJECTS = `${SUBJECT}.*.*`;
/** Where entries stand that are nobody's text; no partition is called so, and nobody decides them. */
const FENCE = `${SUBJECT}.fence.0`;
/** Kept so long although it is decided: a database restored from yesterday's backup catches up from here. */
const KEEP_MS = 3 * 24 * 3_600_000;
/** Repeats are told by the log itself for so long. */
const REPEATS_MS = 10 * 60_000;
const NOT_FOUND = 404;
/** How often and after how many milliseconds a NATS is asked again for the log that is not ready to make it. */
const MAKE_TRIES = 20;
const MAKE_PAUSE_MS = 500;
/** What JetStream says while its servers have not found each other. */
const NOT_READY = /no suitable peers|temporarily unavailable|no responders|insufficient resources/i;
/**
 * A server whose machine is gone says nothing: after two pings without an answer the next one is asked, which is given no longer to
 * answer. By themselves these take four minutes and twenty seconds.
 */
const LIVENESS = { pingInterval: 4_000, maxPingOut: 2, timeout: 4_000 };

/** How often a partition that is read says that nothing has come. */
const SIGN_OF_LIFE_MS = 1_500;

/**
 * Who reads a partition is given to one server of several by chance, for some seconds after its end to one that is gone as well: then
 * another choice is better than patience.
 */
const READ_TIMEOUT_MS = 2_500;

/** So many entries without their texts are read ahead. */
const MOST_FOLLOWED = 5_000;

/** Older ones sync every two minutes, whatever they are told. */
const SYNCS_SINCE = [2, 10, 0];
/**
 * The oldest whose replicas were seen to stay the same through the trials of a leader that stands still. Those of 2.9.10 did not: one that
 * goes on stores what came meanwhile under numbers that its successor has given to others. A reading from it passes acknowledged texts over.
 */
const AGREES_SINCE = [2, 10, 27];

/** How the log is told to survive a power cut. */
export type LogDurability = 'replicas' | 'synced' | 'unsafe';

export interface LogStreamOptions {
  /** NATS_URL. */
  readonly url: string;
  readonly durability: LogDurability;
  /** Names the installation, so that two on one NATS never read each other's texts. */
  readonly installation: string;
}

/** Where a contact's texts stand in the log. */
export interface LogPlace {
  readonly partition: number;
  readonly mark: number;
}

/** What of the log there is. */
export interface LogExtent {
  /** Milliseconds since 1970. */
  readonly made: number;
  /** The positions of its first and last entries; 0 where it never had any. */
  readonly first: number;
  readonly end: number;
}

/** The durable log on NATS JetStream: a stream whose subjects say the partition, and within it whose text it is. */
export class LogStream {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly client: JetStreamClient,
    private readonly manager: JetStreamManager,
  ) {}

  /** Connects, and makes the stream where there is none. Throws a sentence when it would not keep what it acknowledges. */
  static async open(options: LogStreamOptions): Promise<LogStream> {
    const connection = await connect({
      ...readNatsAddress(options.url),
      name: 'textloom',
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      ...LIVENESS,
      ignoreClusterUpdates: false,
    }).catch((error: unknown) => {
      throw new Error(`NATS does not answer at NATS_URL: ${messageOf(error)}`);
    });
    try {
      const manager = await jetstreamManager(connection).catch(sayNotThere);
      await ensureStream(manager, options);
      holdToDurability(connection.info?.version ?? '', options.durability);
      return new LogStream(connection, jetstream(connection, { timeout: READ_TIMEOUT_MS }), manager);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Resolves once the log has it for good: `first` is the earlier entry when this is a repeat. */
  async append(place: LogPlace, data: Uint8Array, msgID: string): Promise<{ first: Uint8Array | null }> {
    const ack = await this.client.publish(subjectOf(place), data, { msgID, timeout: 5_000 });
    if (!ack.duplicate) return { first: null };
    const first = await this.manager.streams.getMessage(STREAM, { seq: ack.seq });
    return { first: first?.data ?? null };
  }

  /** The entries of a partition after a position, in order, for as long as they come; with a sign of life every second or two. */
  async read(partition: number, after: number): Promise<ConsumerMessages> {
    const consumer = await this.client.consumers.get(STREAM, {
      filter_subjects: `${SUBJECT}.${partition}.*`,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
    });
    return await consumer.consume({ max_messages: 1_000, idle_heartbeat: SIGN_OF_LIFE_MS });
  }

  async extent(): Promise<LogExtent> {
    const { created, state } = await this.manager.streams.info(STREAM);
    return { made: Date.parse(created), first: state.first_seq, end: state.last_seq };
  }

  /**
   * All entries after a position, without their texts, in order, for as long as they come; with a sign of life every second or two.
   */
  async follow(after: number): Promise<ConsumerMessages> {
    const consumer = await this.client.consumers.get(STREAM, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
      headers_only: true,
    });
    return await consumer.consume({ max_messages: MOST_FOLLOWED, idle_heartbeat: SIGN_OF_LIFE_MS });
  }

  /** Writes an entry that is nobody's text, and returns its position once the log has it for good: nothing acknowledged before stands behind. */
  async fence(): Promise<number> {
    const { seq } = await this.client.publish(FENCE, new Uint8Array(), { timeout: READ_TIMEOUT_MS });
    return seq;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

const subjectOf = ({ partition, mark }: LogPlace): string => `${SUBJECT}.${partition}.${mark}`;

/** Where an entry stands, by its subject; null where it is nobody's text. */
export function placeOf(subject: string): LogPlace | null {
  const [partition, mark] = subject
    .slice(SUBJECT.length + 1)
    .split('.')
    .map(Number);
  return partition === undefined || mark === undefined || Number.isNaN(partition)
    ? null
    : { partition, mark };
}

async function ensureStream(manager: JetStreamManager, options: LogStreamOptions): Promise<void> {
  const description = `Texts on their way to the Textloom installation ${options.installation}`;
  const replicas = options.durability === 'replicas' ? 3 : 1;
  const found = await manager.streams.info(STREAM).catch((error: unknown) => {
    return isNotFound(error) ? null : sayNotThere(error);
  });
  const info = found ?? (await makeStream(manager, { description, replicas }));
  if (info.config.description !== description) {
    throw new Error(
      'The inbound log on this NATS belongs to another Textloom. Give each its own NATS or account.',
    );
  }
  if (!info.config.subjects?.includes(SUBJECTS)) {
    throw new Error(
      'The inbound log was made by an older version of Textloom, which does not say whose text an entry is. Let that version decide ' +
        `what is in it, remove it (nats stream rm ${STREAM}), and start again.`,
    );
  }
  if (info.config.discard !== DiscardPolicy.New || info.config.max_msgs_per_subject > 0) {
    throw new Error(
      'The inbound log would drop texts that nobody has decided once it is full. Let it refuse instead ' +
        `(nats stream edit ${STREAM} --discard new --max-msgs-per-subject=-1).`,
    );
  }
  if (options.durability === 'replicas' && info.config.num_replicas < 3) {
    throw new Error(
      'The inbound log has fewer than three replicas and would lose acknowledged texts in a power cut. Raise them ' +
        `(nats stream edit ${STREAM} --replicas 3), or say NATS_DURABILITY=synced for a server with sync_interval: always.`,
    );
  }
}

/** Servers that were only just started take some seconds to find each other. */
async function makeStream(
  manager: JetStreamManager,
  { description, replicas }: { description: string; replicas: number },
): Promise<StreamInfo> {
  for (let tries = 1; ; tries++) {
    try {
      return await manager.streams.add({
        name: STREAM,
        description,
        subjects: [SUBJECTS],
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        // A full log refuses: it never drops what nobody has decided.
        discard: DiscardPolicy.New,
        max_age: nanos(KEEP_MS),
        duplicate_window: nanos(REPEATS_MS),
        num_replicas: replicas,
        deny_delete: true,
      });
    } catch (error) {
      if (tries < MAKE_TRIES && NOT_READY.test(messageOf(error))) await sleep(MAKE_PAUSE_MS);
      else
        throw new Error(
          `The inbound log could not be made on NATS with ${replicas} replicas: ${messageOf(error)}`,
        );
    }
  }
}

/** Throws a sentence where a NATS of this version would lose what it acknowledges, although it is set up as it should be. */
export function holdToDurability(version: string, durability: LogDurability): void {
  if (durability === 'synced' && isOlder(version, SYNCS_SINCE))
    throw new Error(
      `NATS ${version} cannot sync each text to its disk: sync_interval: always needs ${SYNCS_SINCE.join('.')}. Use three replicas.`,
    );
  if (durability === 'replicas' && isOlder(version, AGREES_SINCE))
    throw new Error(
      `The three replicas of NATS ${version} may come to differ, and acknowledged texts be lost, when the server that leads them stands still for some seconds. Use ${AGREES_SINCE.join('.')} or a newer one.`,
    );
}

/** “2.10.27” and “2.11.0-RC.3” are versions; of what is none nothing is believed. */
function isOlder(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  const at = least.findIndex((part, n) => parts[n] !== part);
  return at >= 0 && !((parts[at] ?? 0) > (least[at] ?? 0));
}

function sayNotThere(error: unknown): never {
  throw new Error(
    'JetStream does not answer on the NATS at NATS_URL. Is it switched on (nats-server -js), and are two of three servers up? ' +
      `(${messageOf(error)})`,
  );
}

const isNotFound = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('status' in error && error.status === NOT_FOUND) || /not found/i.test(messageOf(error)));
