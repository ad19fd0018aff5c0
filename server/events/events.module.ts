import { Module } from '@nestjs/common';
import { ContactsModule } from '../contacts/contacts.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { EventsController } from './events.controller.ts';
import { Events } from './events.service.ts';

/** What programs tell of that happened outside. */
@Module({
  imports: [ContactsModule, RunsModule, SettingsModule],
  controllers: [EventsController],
  providers: [Events],
})
export class EventsModule {}
