import {
  IconCalendarTime,
  IconCheck,
  IconHandStop,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { CampaignStatus } from '#shared/api/campaigns.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** How far a campaign has come. */
export function CampaignStatusBadge({ status }: { status: CampaignStatus }) {
  return <StatusBadge {...CAMPAIGN_STATUSES[status]} />;
}

export const CAMPAIGN_STATUSES: Readonly<Record<CampaignStatus, StatusBadgeProps>> = {
  draft: { icon: IconPencil, label: 'Draft', tone: 'quiet' },
  scheduled: { icon: IconCalendarTime, label: 'Scheduled', tone: 'info' },
  running: { icon: IconPlayerPlay, label: 'Under way', tone: 'info' },
  paused: { icon: IconPlayerPause, label: 'Paused', tone: 'warn' },
  done: { icon: IconCheck, label: 'Done', tone: 'good' },
  cancelled: { icon: IconHandStop, label: 'Cancelled', tone: 'quiet' },
};
