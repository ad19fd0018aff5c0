import { Module } from '@nestjs/common';
import { FlowsModule } from '../flows/flows.module.ts';
import { TextPathModule } from '../text-path.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { OrdersModule } from '../orders/orders.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { CampaignClock } from './campaign-clock.ts';
import { CampaignPlans } from './campaign-plans.service.ts';
import { CampaignPreviews } from './campaign-preview.service.ts';
import { CampaignTurnsRepository } from './campaign-turns.repository.ts';
import { CampaignsController } from './campaigns.controller.ts';
import { CampaignPeopleRepository } from './campaign-people.repository.ts';
import { CampaignsRepository } from './campaigns.repository.ts';
import { Campaigns } from './campaigns.service.ts';

/** Flows begun with many people: now, at a time, or again and again. */
@Module({
  imports: [FlowsModule, TextPathModule, LiveModule, OrdersModule, SettingsModule],
  controllers: [CampaignsController],
  providers: [
    CampaignClock,
    CampaignPeopleRepository,
    CampaignPlans,
    CampaignPreviews,
    CampaignTurnsRepository,
    Campaigns,
    CampaignsRepository,
  ],
})
export class CampaignsModule {}
