import { Module } from '@nestjs/common';
import { NoticesController } from './notices.controller.ts';
import { NoticesRepository } from './notices.repository.ts';
import { Notices } from './notices.service.ts';

/** What flows told the team. */
@Module({ controllers: [NoticesController], providers: [Notices, NoticesRepository] })
export class NoticesModule {}
