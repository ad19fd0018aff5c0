import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { GatewayEntity } from './gateways/gateway.entity.ts';
import { GatewaysController } from './gateways/gateways.controller.ts';
import { GatewaysRepository } from './gateways/gateways.repository.ts';
import { Gateways } from './gateways/gateways.service.ts';
import { KeywordsController } from './keywords/keywords.controller.ts';
import { KeywordsRepository } from './keywords/keywords.repository.ts';
import { ContestEntity } from './lists/contest.entity.ts';
import { ListEntity } from './lists/list.entity.ts';
import { ListsController } from './lists/lists.controller.ts';
import { ListsRepository } from './lists/lists.repository.ts';
import { Lists } from './lists/lists.service.ts';
import { PeopleController } from './people/people.controller.ts';
import { People } from './people/people.service.ts';
import { ProgramEntity } from './programs/program.entity.ts';
import { ProgramsController } from './programs/programs.controller.ts';
import { ProgramsRepository } from './programs/programs.repository.ts';
import { Programs } from './programs/programs.service.ts';
import { PutOffTextsRepository } from './put-off-texts.repository.ts';
import { SenderEntity } from './senders/sender.entity.ts';
import { SendersController } from './senders/senders.controller.ts';
import { SendersRepository } from './senders/senders.repository.ts';
import { Senders } from './senders/senders.service.ts';
import { SettingChanges } from './setting-changes.ts';
import { WorkspaceController } from './workspace/workspace.controller.ts';
import { Workspaces } from './workspace/workspaces.service.ts';
import { ZoneChanges } from './workspace/zone-changes.ts';

/** What is set up once: programs, gateways, senders, lists, people, and the switch that stops all sending. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ProgramEntity, GatewayEntity, SenderEntity, ListEntity, ContestEntity]),
    AccountsModule,
    LiveModule,
  ],
  controllers: [
    ProgramsController,
    GatewaysController,
    SendersController,
    ListsController,
    KeywordsController,
    PeopleController,
    WorkspaceController,
  ],
  providers: [
    Programs,
    ProgramsRepository,
    Gateways,
    GatewaysRepository,
    Senders,
    SendersRepository,
    Lists,
    ListsRepository,
    KeywordsRepository,
    SettingChanges,
    PutOffTextsRepository,
    People,
    Workspaces,
    ZoneChanges,
  ],
  exports: [
    Programs,
    Gateways,
    Senders,
    SendersRepository,
    Lists,
    ListsRepository,
    KeywordsRepository,
    SettingChanges,
    ZoneChanges,
  ],
})
export class SettingsModule {}
