import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { OrdersController } from './orders.controller.ts';
import { OrdersRepository } from './orders.repository.ts';
import { Orders } from './orders.service.ts';
import { Rehearsals } from './rehearsals.ts';

/** Orders from people and programs to begin a flow with somebody, or to send them a text. */
@Module({
  imports: [TextPathModule],
  controllers: [OrdersController],
  providers: [Orders, OrdersRepository, Rehearsals],
  exports: [OrdersRepository, Rehearsals],
})
export class OrdersModule {}
