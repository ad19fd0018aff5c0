import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { MessagesModule } from '../messages/messages.module.ts';
import { LiveFeed } from './live-feed.ts';
import { LiveGateway } from './live.gateway.ts';

/** What open pages are told while it happens. */
@Module({
  imports: [AccountsModule, MessagesModule],
  providers: [LiveFeed, LiveGateway],
  exports: [LiveFeed],
})
export class LiveModule {}
