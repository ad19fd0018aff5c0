import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeysController } from './api-keys.controller.ts';
import { ApiKeysRepository } from './api-keys.repository.ts';
import { ApiKeys } from './api-keys.service.ts';
import { OriginGuard } from './origin.guard.ts';
import { OwnerWelcome } from './owner-welcome.ts';
import { OwnPersons } from './own-person.service.ts';
import { PeopleRepository } from './people.repository.ts';
import { PersonEntity } from './person.entity.ts';
import { SessionController } from './session.controller.ts';
import { SessionCookie } from './session-cookie.ts';
import { SessionEntity } from './session.entity.ts';
import { SessionGuard } from './session.guard.ts';
import { Sessions } from './sessions.service.ts';
import { SessionsRepository } from './sessions.repository.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { SignInLinkEntity } from './sign-in-link.entity.ts';
import { SignInLinks } from './sign-in-links.service.ts';
import { SignInLinksRepository } from './sign-in-links.repository.ts';
import { Tokens } from './tokens.ts';
import { WorkspacesRepository } from './workspaces.repository.ts';
import { WorkspaceEntity } from './workspace.entity.ts';

/** People, how they sign in, and the guards that close every route. */
@Module({
  imports: [TypeOrmModule.forFeature([WorkspaceEntity, PersonEntity, SessionEntity, SignInLinkEntity])],
  controllers: [SessionController, ApiKeysController],
  providers: [
    { provide: APP_GUARD, useClass: OriginGuard },
    { provide: APP_GUARD, useClass: SessionGuard },
    ApiKeys,
    ApiKeysRepository,
    OwnerWelcome,
    OwnPersons,
    PeopleRepository,
    SessionCookie,
    Sessions,
    SessionsRepository,
    SignInLimits,
    SignInLinks,
    SignInLinksRepository,
    Tokens,
    WorkspacesRepository,
  ],
  exports: [PeopleRepository, Sessions, SignInLinks, WorkspacesRepository],
})
export class AccountsModule {}
