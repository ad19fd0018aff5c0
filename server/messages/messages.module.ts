import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { Explanations } from './explanations.service.ts';
import { MessagesController } from './messages.controller.ts';
import { MessagesRepository } from './messages.repository.ts';
import { Messages } from './messages.service.ts';
import { Replays } from './replays.ts';

/** Texts in and out: the stream, the search, and why each did what it did. */
@Module({
  imports: [TextPathModule, RunsModule],
  controllers: [MessagesController],
  providers: [Explanations, Messages, MessagesRepository, Replays],
  exports: [MessagesRepository],
})
export class MessagesModule {}
