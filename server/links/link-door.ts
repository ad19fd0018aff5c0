import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../common/clock.ts';
import { FewAtOnce } from '../common/few-at-once.ts';
import { newId } from '../common/ids.ts';
import { Log } from '../common/log.ts';
import { ClickTelling } from './click-telling.ts';
import { type LinkRow, LinksRepository } from './links.repository.ts';
import { scannerOf } from './scanner.ts';

interface DoorRoute {
  Params: { code: string };
}

const CODE = /^[0-9A-Za-z]{6,16}$/;
const LONGEST_AGENT = 300;
/** Clicks that the database is asked about at once, and that wait for their turn: whoever taps, or guesses, holds up nobody else. */
const AT_ONCE = 4;
const MOST_WAITING = 1_000;

/**
 * The door of short links, `/l/<code>`, open to everybody: sends people on to where the link leads, and tells the conversation
 * of the first tap. Whoever taps never waits for that.
 */
@Injectable()
export class LinkDoor implements OnModuleInit {
  private readonly clicks = new FewAtOnce(AT_ONCE, MOST_WAITING);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly links: LinksRepository,
    private readonly telling: ClickTelling,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    fastify.get<DoorRoute>('/l/:code', (request, reply) => this.open(request, reply));
  }

  private async open(request: FastifyRequest<DoorRoute>, reply: FastifyReply): Promise<void> {
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    });
    if (this.clicks.isCrowded) return sendLater(reply);
    try {
      const link = await this.clicks.run(() => this.clicked(request));
      if (link) reply.redirect(link.url, 302);
      else reply.code(404).type('text/plain; charset=utf-8').send('This link is not in use.\n');
    } catch (error) {
      this.log.error({ err: error, requestId: request.id }, 'A short link could not be opened.');
      sendLater(reply);
    }
  }

  /** The link that somebody tapped, once that is noted; null where there is none. */
  private async clicked(request: FastifyRequest<DoorRoute>): Promise<LinkRow | null> {
    const { code } = request.params;
    const link = CODE.test(code) ? await this.links.find(code) : null;
    if (link) await this.note(link, request);
    return link;
  }

  private async note(link: LinkRow, { method, headers }: FastifyRequest): Promise<void> {
    const now = this.clock.now();
    const scanner = scannerOf({ method, headers, age: now - link.created_at.getTime() });
    const agent = headers['user-agent']?.slice(0, LONGEST_AGENT) ?? null;
    const isFirst = await this.links.click(link, { id: newId(now), at: new Date(now), scanner, agent });
    if (isFirst) this.telling.nudge();
  }
}

function sendLater(reply: FastifyReply): void {
  reply.code(503).header('retry-after', '2').type('text/plain; charset=utf-8');
  reply.send('Please try again in a moment.\n');
}
