import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Open } from '../accounts/access.ts';
import { messageOf } from '../common/errors.ts';
import { Problem } from '../common/problem.ts';

/** For load balancers and container runtimes: is this process alive, and can it reach its database? */
@Open()
@Controller('health')
export class HealthController {
  constructor(private readonly source: DataSource) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get()
  async ready(): Promise<{ status: 'ok' }> {
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
