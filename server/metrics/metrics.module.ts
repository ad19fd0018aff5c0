import { Module } from '@nestjs/common';
import { collectDefaultMetrics, register } from 'prom-client';
import { MetricsController } from './metrics.controller.ts';

/** Figures for Prometheus. A feature that has some registers them with prom-client's own registry. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {
  constructor() {
    // Several apps of one process, as in tests, share the registry.
    if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
  }
}
