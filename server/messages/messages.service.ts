import { Injectable } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import type { Message, MessageDetail, MessagesQuery, Replay, Replayed } from '#shared/api/messages.ts';
import type { Who } from '../accounts/who.ts';
import { Problem } from '../common/problem.ts';
import { streamOf } from '../common/stream-of.ts';
import { Replays } from './replays.ts';
import { Explanations } from './explanations.service.ts';
import { type MessagesFilter, MessagesRepository } from './messages.repository.ts';

const PAGE = 1_000;
/** So many texts are tried again at one word. */
const MOST_REPLAYED = 5_000;

/** Texts in and out. */
@Injectable()
export class Messages {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly explanations: Explanations,
    private readonly replays: Replays,
  ) {}

  async list(me: Who, { size, ...filter }: MessagesQuery): Promise<Stream<Message>> {
    return streamOf(await this.messages.newest(me.workspaceId, filter, size + 1), size);
  }

  /** Every text that the filter lets through, newest first, read page by page. */
  async *all(me: Who, filter: MessagesFilter): AsyncGenerator<Message> {
    for (let before = filter.before; ; ) {
      const page = await this.messages.newest(me.workspaceId, { ...filter, before }, PAGE);
      yield* page;
      before = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }

  async show(me: Who, id: string): Promise<MessageDetail> {
    const [message] = await this.messages.byIds(me.workspaceId, [id]);
    const more = await this.messages.more(me.workspaceId, id);
    if (!message || !more) throw notFound();
    const { gatewayMessageId, causeId } = more;
    const explanation =
      message.direction === 'in' ? await this.explanations.explain(me.workspaceId, message, more) : null;
    const way = await this.messages.wayOf(me.workspaceId, id);
    return { ...message, gatewayMessageId, causeId, explanation, ...way };
  }

  /** Decides a text again that was set aside, or sends one again that had failed. */
  async replay(me: Who, id: string): Promise<void> {
    if (await this.replays.replay(me.workspaceId, id)) return;
    const [message] = await this.messages.byIds(me.workspaceId, [id]);
    if (!message) throw notFound();
    throw Problem.conflict(
      'message.not-replayable',
      'Only texts that were set aside, have failed or came too late can be tried again, while the person has not said STOP.',
    );
  }

  /** The same for all that a filter shows, the oldest of the newest few thousand first. */
  async replayAll(me: Who, filter: Replay): Promise<Replayed> {
    const found = await this.messages.newest(me.workspaceId, filter, MOST_REPLAYED + 1);
    const ids = found
      .slice(0, MOST_REPLAYED)
      .map(({ id }) => id)
      .reverse();
    const replayed = await this.replays.replayAll(me.workspaceId, ids, filter.status === 'set-aside');
    return { replayed, left: ids.length - replayed, more: found.length > MOST_REPLAYED };
  }
}

const notFound = (): Problem => Problem.notFound('message.not-found', 'There is no such message.');
