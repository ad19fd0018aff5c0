import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { ExperimentsModule } from '../experiments/experiments.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { Drafts } from './drafts.service.ts';
import { FlowEntity } from './flow.entity.ts';
import { FlowInspector } from './flow-inspector.service.ts';
import { FlowVersionEntity } from './flow-version.entity.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { GoldenController } from './golden.controller.ts';
import { Golden } from './golden.service.ts';
import { FlowsController } from './flows.controller.ts';
import { FlowsRepository } from './flows.repository.ts';
import { Flows } from './flows.service.ts';
import { LiveDemands } from './live-demands.service.ts';
import { LiveFlows } from './live-flows.service.ts';
import { OrderedFlows } from './ordered-flows.service.ts';
import { ProofWorlds } from './proof-worlds.repository.ts';
import { Prover } from './proving/prover.ts';
import { Publishing } from './publishing.service.ts';
import { TemplatesController } from './templates.controller.ts';
import { TrafficRepository } from './traffic.repository.ts';
import { VersionsController } from './versions.controller.ts';
import { VersionsRepository } from './versions.repository.ts';
import { Versions } from './versions.service.ts';
import { WordsController } from './words.controller.ts';
import { Words } from './words.service.ts';

/** Flows, their drafts, and the versions that answer people. */
@Module({
  imports: [
    TypeOrmModule.forFeature([FlowEntity, FlowVersionEntity]),
    AccountsModule,
    ExperimentsModule,
    LiveModule,
    SettingsModule,
  ],
  controllers: [FlowsController, VersionsController, GoldenController, TemplatesController, WordsController],
  providers: [
    Drafts,
    FlowInspector,
    FlowProofs,
    Flows,
    FlowsRepository,
    Golden,
    LiveDemands,
    LiveFlows,
    OrderedFlows,
    ProofWorlds,
    Prover,
    Publishing,
    TrafficRepository,
    Versions,
    VersionsRepository,
    Words,
  ],
  exports: [Flows, LiveDemands, OrderedFlows, Publishing],
})
export class FlowsModule {}
