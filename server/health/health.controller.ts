import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Open } from '../accounts/access.ts';
import { Api } from '../web/api.ts';
import { askedTogether } from '../common/asked-together.ts';
import { databaseAway } from '../database/database-away.ts';

const healthSchema = z.object({ status: z.literal('ok') });
type Health = z.infer<typeof healthSchema>;

/** For load balancers and container runtimes: is this process alive, and can it reach its database? */
@Open()
@Controller('health')
export class HealthController {
  /** Whoever asks at the same time shares the answer: the door is open, and connections are few. */
  private readonly ask = askedTogether<void, unknown>(() => this.source.query('select 1'));

  constructor(private readonly source: DataSource) {}

  @Get('live')
  @Api({ summary: 'Whether the process is alive', returns: healthSchema })
  async live(): Promise<Health> {
    return { status: 'ok' };
  }

  @Get()
  @Api({
    summary: 'Whether it can do its work: the database answers',
    returns: healthSchema,
    refuses: { 503: ['server.database-unreachable'] },
  })
  async ready(): Promise<Health> {
    await this.ask().catch((error: unknown) => {
      throw databaseAway(error);
    });
    return { status: 'ok' };
  }
}
