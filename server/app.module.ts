import { Module } from '@nestjs/common';
import { HealthModule } from './health/health.module.ts';

/** The features, one module each. What all of them share comes from CommonModule and DatabaseModule. */
@Module({ imports: [HealthModule] })
export class AppModule {}
