import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.ts';
import { ApiDocsModule } from './api-docs/api-docs.module.ts';
import { CampaignsModule } from './campaigns/campaigns.module.ts';
import { ConsentModule } from './consent/consent.module.ts';
import { ContactsModule } from './contacts/contacts.module.ts';
import { ContestsModule } from './contests/contests.module.ts';
import { DemoModule } from './demo/demo.module.ts';
import { EventsModule } from './events/events.module.ts';
import { ExperimentsModule } from './experiments/experiments.module.ts';
import { FlowsModule } from './flows/flows.module.ts';
import { HealthModule } from './health/health.module.ts';
import { LinksModule } from './links/links.module.ts';
import { LiveModule } from './live/live.module.ts';
import { LiveTrafficModule } from './live/live-traffic.module.ts';
import { MessagesModule } from './messages/messages.module.ts';
import { MetricsModule } from './metrics/metrics.module.ts';
import { MonthsModule } from './months/months.module.ts';
import { NoticesModule } from './notices/notices.module.ts';
import { OrdersModule } from './orders/orders.module.ts';
import { RunMovesModule } from './run-moves/run-moves.module.ts';
import { RunsModule } from './runs/runs.module.ts';
import { SettingsModule } from './settings/settings.module.ts';
import { SurveysModule } from './surveys/surveys.module.ts';
import { TextPathModule } from './text-path.module.ts';
import { VouchersModule } from './vouchers/vouchers.module.ts';

/** The features, one module each. What all of them share comes from CommonModule and DatabaseModule. */
@Module({
  imports: [
    AccountsModule,
    ApiDocsModule,
    CampaignsModule,
    ConsentModule,
    ContactsModule,
    ContestsModule,
    DemoModule,
    EventsModule,
    ExperimentsModule,
    FlowsModule,
    HealthModule,
    LinksModule,
    LiveModule,
    LiveTrafficModule,
    MessagesModule,
    MetricsModule,
    MonthsModule,
    NoticesModule,
    OrdersModule,
    RunMovesModule,
    RunsModule,
    SettingsModule,
    SurveysModule,
    TextPathModule,
    VouchersModule,
  ],
})
export class AppModule {}
