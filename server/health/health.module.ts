import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { HealthController } from './health.controller.ts';

/** Whether this process can do its work. */
@Module({ imports: [TextPathModule], controllers: [HealthController] })
export class HealthModule {}
