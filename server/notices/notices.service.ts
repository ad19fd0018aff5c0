import { Injectable } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import type { Notice, NoticesQuery } from '#shared/api/notices.ts';
import type { Who } from '../accounts/who.ts';
import { streamOf } from '../common/stream-of.ts';
import { NoticesRepository } from './notices.repository.ts';

/** What flows told the team. */
@Injectable()
export class Notices {
  constructor(private readonly notices: NoticesRepository) {}

  async list(me: Who, { before, size }: NoticesQuery): Promise<Stream<Notice>> {
    const rows = await this.notices.newest(me.workspaceId, before, size + 1);
    const { items, next } = streamOf(rows, size);
    return {
      items: items.map(({ at, run_id: runId, ...row }) => ({ ...row, runId, at: at.toISOString() })),
      next,
    };
  }
}
