import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';

/** Whether this process can do its work. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
