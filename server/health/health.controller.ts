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
      await this.source.query('select 1');
    } catch (error) {
      throw Problem.unavailable(
        'server.database-unreachable',
        `The database can't be reached: ${messageOf(error)}.`,
      );
    }
    return { status: 'ok' };
  }
}
