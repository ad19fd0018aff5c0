import { Module } from '@nestjs/common';
import { collectDefaultMetrics, register } from 'prom-client';
import { TextPathModule } from '../text-path.module.ts';
import { Figures } from './figures.service.ts';
import { MetricsController } from './metrics.controller.ts';
import { QueuesRepository } from './queues.repository.ts';

/** Figures for Prometheus. A feature that has some registers them with prom-client's own registry. */
@Module({
  imports: [TextPathModule],
  controllers: [MetricsController],
  providers: [Figures, QueuesRepository],
})
export class MetricsModule {
  constructor() {
    // Several apps of one process, as in tests, share the registry.
    if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
  }
}
