import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Open } from '../accounts/access.ts';
import { Api } from '../web/api.ts';
import { askedTogether } from '../common/asked-together.ts';
import { askToWrite } from '../database/ask-to-write.ts';
import { databaseAway } from '../database/database-away.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';

const healthSchema = z.object({ status: z.literal('ok') });
type Health = z.infer<typeof healthSchema>;

/** A database that stands still says nothing: whoever asks about it is told so before losing patience, in milliseconds. */
const PATIENCE_MS = 2_000;

/** For load balancers and container runtimes: is this process alive, and can it take texts? */
@Open()
@Controller('health')
export class HealthController {
  /** Whoever asks at the same time shares the answer: the door is open, and connections are few. */
  private readonly ask = askedTogether<void, void>(() => this.canWork());

  constructor(
    private readonly source: DataSource,
    private readonly inboundLog: InboundLog,
  ) {}

  @Get('live')
  @Api({ summary: 'Whether the process is alive', returns: healthSchema })
  async live(): Promise<Health> {
    return { status: 'ok' };
  }

  @Get()
  @Api({
    summary: 'Whether it can take texts: the database can be written to, or an inbound log',
    returns: healthSchema,
    refuses: { 503: ['server.database-unreachable'] },
  })
  async ready(): Promise<Health> {
    await this.ask();
    return { status: 'ok' };
  }

  /** Where texts go into a log, a database that is away must not have the balancer send them nowhere. */
  private async canWork(): Promise<void> {
    try {
      await inTime(askToWrite(this.source));
    } catch (error) {
      if (!(await this.inboundLog.takesTexts())) throw databaseAway(error);
    }
  }
}

async function inTime(asking: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer.')), PATIENCE_MS);
  });
  await Promise.race([asking, late]).finally(() => clearTimeout(timer));
}
