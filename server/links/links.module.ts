import { Module } from '@nestjs/common';
import { InboundModule } from '../inbound/inbound.module.ts';
import { LinkDoor } from './link-door.ts';
import { LinksController } from './links.controller.ts';
import { LinksRepository } from './links.repository.ts';

/** Short links and their clicks. */
@Module({
  imports: [InboundModule],
  controllers: [LinksController],
  providers: [LinksRepository, LinkDoor],
})
export class LinksModule {}
