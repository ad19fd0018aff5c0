import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { FirstStart } from './first-start.ts';

/** What an empty database is filled with at the first start. */
@Module({ imports: [AccountsModule], providers: [FirstStart] })
export class DemoModule {}
