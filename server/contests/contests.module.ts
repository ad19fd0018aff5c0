import { Module } from '@nestjs/common';
import { FlowsModule } from '../flows/flows.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { ContestDeeds } from './contest-deeds.ts';
import { ContestsController } from './contests.controller.ts';
import { ContestsRepository } from './contests.repository.ts';
import { Contests } from './contests.service.ts';
import { DrawsController } from './draws/draws.controller.ts';
import { DrawsRepository } from './draws/draws.repository.ts';
import { Draws } from './draws/draws.service.ts';
import { EntryList } from './draws/entry-list.ts';
import { ListingClock } from './draws/listing-clock.ts';
import { ListingsRepository } from './draws/listings.repository.ts';
import { Listings } from './draws/listings.service.ts';
import { WinnersRepository } from './draws/winners.repository.ts';
import { ContestEntriesController } from './entries/entries.controller.ts';
import { EntriesRepository } from './entries/entries.repository.ts';
import { ContestEntries } from './entries/entries.service.ts';

/** Contests, their entries, and draws that anybody can hold again. */
@Module({
  imports: [FlowsModule, LiveModule, SettingsModule],
  controllers: [ContestsController, ContestEntriesController, DrawsController],
  providers: [
    ContestDeeds,
    Contests,
    ContestsRepository,
    ContestEntries,
    EntriesRepository,
    Draws,
    DrawsRepository,
    EntryList,
    ListingClock,
    Listings,
    ListingsRepository,
    WinnersRepository,
  ],
})
export class ContestsModule {}
