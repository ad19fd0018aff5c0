import { Module } from '@nestjs/common';
import { Months } from './months.service.ts';

/** Texts and trails in parts by month: made ahead, and forgotten as the settings say. */
@Module({ providers: [Months] })
export class MonthsModule {}
