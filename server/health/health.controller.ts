import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Open } from '../accounts/access.ts';
import { Api } from '../api-docs/api.ts';
import { messageOf } from '../common/errors.ts';
import { Problem } from '../common/problem.ts';

const healthSchema = z.object({ status: z.literal('ok') });
type Health = z.infer<typeof healthSchema>;

/** For load balancers and container runtimes: is this process alive, and can it reach its database? */
@Open()
@Controller('health')
export class HealthController {
  private asking: Promise<unknown> | null = null;

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
    try {
      // Whoever asks at the same time shares the answer: the door is open, and connections are few.
      this.asking ??= this.source.query('select 1').finally(() => {
        this.asking = null;
      });
      await this.asking;
    } catch (error) {
      throw Problem.unavailable(
        'server.database-unreachable',
        `The database can't be reached: ${messageOf(error)}.`,
      );
    }
    return { status: 'ok' };
  }
}
