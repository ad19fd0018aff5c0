import { Module } from '@nestjs/common';
import { RunsModule } from '../runs/runs.module.ts';
import { ClickTelling } from './click-telling.ts';
import { LinkDoor } from './link-door.ts';
import { LinksController } from './links.controller.ts';
import { LinksRepository } from './links.repository.ts';

/** Short links and their clicks. */
@Module({
  imports: [RunsModule],
  controllers: [LinksController],
  providers: [LinksRepository, ClickTelling, LinkDoor],
})
export class LinksModule {}
