import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { FlowsModule } from '../flows/flows.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { VouchersModule } from '../vouchers/vouchers.module.ts';
import { DemoWorkspace } from './demo-workspace.ts';
import { FirstStart } from './first-start.ts';

/** What an empty database is filled with at the first start. */
@Module({
  imports: [AccountsModule, FlowsModule, SettingsModule, VouchersModule],
  providers: [FirstStart, DemoWorkspace],
})
export class DemoModule {}
