import type { MigrationInterface } from 'typeorm';
import { FirstSchema1763000000001 } from './0001-first-schema.ts';
import { Installation1763000000002 } from './0002-installation.ts';
import { OutsideWorld1763000000003 } from './0003-outside-world.ts';
import { AgentText1763000000004 } from './0004-agent-text.ts';
import { GoldenConversations1763000000005 } from './0005-golden-conversations.ts';
import { IsolatedSending1763000000006 } from './0006-isolated-sending.ts';
import { PendingTexts1763000000007 } from './0007-pending-texts.ts';
import { ConsentEvidence1763000000008 } from './0008-consent-evidence.ts';
import { Orders1763000000009 } from './0009-orders.ts';
import { ManyNodes1763000000010 } from './0010-many-nodes.ts';
import { QuietAndPaced1763000000011 } from './0011-quiet-and-paced.ts';
import { ErasedNumbers1763000000013 } from './0013-erased-numbers.ts';
import { CampaignPeople1763000000014 } from './0014-campaign-people.ts';
import { InboundLog1763000000015 } from './0015-inbound-log.ts';
import { MessagesByMonth1763000000016 } from './0016-messages-by-month.ts';
import { ToldAndRanked1763000000017 } from './0017-told-and-ranked.ts';
import { SharedWakeUps1763000000018 } from './0018-shared-wake-ups.ts';
import { ConsentTerms1763000000019 } from './0019-consent-terms.ts';
import { PlainJson1763000000020 } from './0020-plain-json.ts';
import { RoomForMarks1763000000021 } from './0021-room-for-marks.ts';
import { UnreadableEntries1763000000022 } from './0022-unreadable-entries.ts';
import { MoreRoomForMarks1763000000025 } from './0025-more-room-for-marks.ts';
import { ContestDraws1763000000027 } from './0027-contest-draws.ts';
import { ContactFirst1763000000029 } from './0029-contact-first.ts';
import { ListsInParts1763000000031 } from './0031-lists-in-parts.ts';
import { CallsByFarEnd1763000000032 } from './0032-calls-by-far-end.ts';
import { SenderAddresses1763000000033 } from './0033-sender-addresses.ts';
import { IsolatedGateways1763000000035 } from './0035-isolated-gateways.ts';
import { CommandedSwitches1763000000036 } from './0036-commanded-switches.ts';
import { SurveyScores1763000000037 } from './0037-survey-scores.ts';
import { OrderedTexts1763000000040 } from './0040-ordered-texts.ts';
import { ScoresInPieces1763000000041 } from './0041-scores-in-pieces.ts';
import { ErasedAt1763000000042 } from './0042-erased-at.ts';
import { DraftsSavedBy1763000000043 } from './0043-drafts-saved-by.ts';
import { Vouchers1763000000044 } from './0044-vouchers.ts';
import { ToldClicks1763000000045 } from './0045-told-clicks.ts';
import { SettledPeople1763000000046 } from './0046-settled-people.ts';
import { DaysOfCampaigns1763000000047 } from './0047-days-of-campaigns.ts';
import { HeardEvents1763000000048 } from './0048-heard-events.ts';
import { VoucherStock1763000000049 } from './0049-voucher-stock.ts';
import { VoucherLoads1763000000050 } from './0050-voucher-loads.ts';
import { WornTexts1763000000051 } from './0051-worn-texts.ts';

/** Every migration, oldest first. A released one is never edited. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  FirstSchema1763000000001,
  Installation1763000000002,
  OutsideWorld1763000000003,
  AgentText1763000000004,
  GoldenConversations1763000000005,
  IsolatedSending1763000000006,
  PendingTexts1763000000007,
  ConsentEvidence1763000000008,
  Orders1763000000009,
  ManyNodes1763000000010,
  QuietAndPaced1763000000011,
  ErasedNumbers1763000000013,
  CampaignPeople1763000000014,
  InboundLog1763000000015,
  MessagesByMonth1763000000016,
  ToldAndRanked1763000000017,
  SharedWakeUps1763000000018,
  ConsentTerms1763000000019,
  PlainJson1763000000020,
  RoomForMarks1763000000021,
  UnreadableEntries1763000000022,
  MoreRoomForMarks1763000000025,
  ContestDraws1763000000027,
  ContactFirst1763000000029,
  ListsInParts1763000000031,
  CallsByFarEnd1763000000032,
  SenderAddresses1763000000033,
  IsolatedGateways1763000000035,
  CommandedSwitches1763000000036,
  SurveyScores1763000000037,
  OrderedTexts1763000000040,
  ScoresInPieces1763000000041,
  ErasedAt1763000000042,
  DraftsSavedBy1763000000043,
  Vouchers1763000000044,
  ToldClicks1763000000045,
  SettledPeople1763000000046,
  DaysOfCampaigns1763000000047,
  HeardEvents1763000000048,
  VoucherStock1763000000049,
  VoucherLoads1763000000050,
  WornTexts1763000000051,
];
