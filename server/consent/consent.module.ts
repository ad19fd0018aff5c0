import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { AnchorClock } from './anchor-clock.ts';
import { Anchors } from './anchors.service.ts';
import { ConsentOrders } from './consent-orders.ts';
import { ContactConsentController } from './contact-consent.controller.ts';
import { ErasureRepository } from './erasure/erasure.repository.ts';
import { Erasure } from './erasure/erasure.service.ts';
import { EvidenceRepository } from './evidence/evidence.repository.ts';
import { EvidenceFiles } from './evidence/evidence.service.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxRepository } from './inbox/inbox.repository.ts';
import { Inbox } from './inbox/inbox.service.ts';
import { LapsesRepository } from './lapses.repository.ts';
import { Lapses } from './lapses.service.ts';
import { LedgerCheck } from './ledger-check.ts';
import { LedgerRepository } from './ledger.repository.ts';
import { PendingConsents } from './pending/pending-consents.service.ts';
import { PendingRepository } from './pending/pending.repository.ts';
import { StopListRepository } from './stop-list.repository.ts';
import { StopList } from './stop-list.service.ts';

/** What people agreed to: the ledger of it and what proves it, the texts somebody has to read, and the right to be forgotten. */
@Module({
  imports: [TextPathModule, LiveModule],
  controllers: [InboxController, ContactConsentController],
  providers: [
    ConsentOrders,
    Lapses,
    LapsesRepository,
    Inbox,
    InboxRepository,
    LedgerRepository,
    LedgerCheck,
    Anchors,
    AnchorClock,
    EvidenceFiles,
    EvidenceRepository,
    PendingConsents,
    PendingRepository,
    Erasure,
    ErasureRepository,
    StopList,
    StopListRepository,
  ],
  exports: [ConsentOrders, PendingConsents],
})
export class ConsentModule {}
