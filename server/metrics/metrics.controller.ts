import { Controller, Get, Header, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { register } from 'prom-client';
import { Open } from '../accounts/access.ts';
import { ApiFile } from '../web/api.ts';
import { Problem } from '../common/problem.ts';
import { Figures } from './figures.service.ts';
import { isNear } from './near.ts';

/** Figures for Prometheus. */
@Open()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly figures: Figures) {}

  @Get()
  @Header('content-type', register.contentType)
  @ApiFile({
    summary: 'Figures for Prometheus, for whoever asks from this machine or its private network',
    file: 'text/plain',
    refuses: { 403: ['metrics.not-from-here'] },
  })
  async show(@Req() request: FastifyRequest): Promise<string> {
    if (isNear(request)) return await this.figures.text();
    throw Problem.forbidden(
      'metrics.not-from-here',
      'Figures are for the private network this server stands in.',
    );
  }
}
