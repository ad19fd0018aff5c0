import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { FlowsModule } from '../flows/flows.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { VoucherCodesController } from './codes/codes.controller.ts';
import { CodesRepository } from './codes/codes.repository.ts';
import { VoucherCodes } from './codes/codes.service.ts';
import { CodeLoadsController } from './loads/code-loads.controller.ts';
import { CodeLoads } from './loads/code-loads.service.ts';
import { LinesRepository } from './loads/lines.repository.ts';
import { LoadsRepository } from './loads/loads.repository.ts';
import { PoolsRepository } from './pools.repository.ts';
import { RedemptionTelling } from './redemption-telling.ts';
import { StockFolds } from './stock-folds.ts';
import { VoucherClock } from './voucher-clock.ts';
import { VoucherFatesRepository } from './voucher-fates.repository.ts';
import { VouchersController } from './vouchers.controller.ts';
import { Vouchers } from './vouchers.service.ts';

/** Pools of vouchers, their codes, and what becomes of them. */
@Module({
  imports: [AccountsModule, FlowsModule, LiveModule, RunsModule],
  controllers: [VouchersController, VoucherCodesController, CodeLoadsController],
  providers: [
    CodeLoads,
    CodesRepository,
    LinesRepository,
    LoadsRepository,
    PoolsRepository,
    RedemptionTelling,
    StockFolds,
    VoucherClock,
    VoucherCodes,
    VoucherFatesRepository,
    Vouchers,
  ],
  exports: [CodeLoads],
})
export class VouchersModule {}
