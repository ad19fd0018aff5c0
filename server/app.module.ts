import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.ts';
import { DemoModule } from './demo/demo.module.ts';
import { InboundModule } from './inbound/inbound.module.ts';
import { FlowsModule } from './flows/flows.module.ts';
import { HealthModule } from './health/health.module.ts';
import { LiveModule } from './live/live.module.ts';
import { LiveTrafficModule } from './live/live-traffic.module.ts';
import { SettingsModule } from './settings/settings.module.ts';

/** The features, one module each. What all of them share comes from CommonModule and DatabaseModule. */
@Module({
  imports: [
    AccountsModule,
    DemoModule,
    HealthModule,
    InboundModule,
    LiveModule,
    LiveTrafficModule,
    SettingsModule,
  ],
})
export class AppModule {}
