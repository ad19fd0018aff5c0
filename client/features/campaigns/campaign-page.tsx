import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Campaign } from '#shared/api/campaigns.ts';
import { campaignQuery } from '../../lib/queries/campaign-queries.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { WithAside } from '../../ui/page/with-aside.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignFindings } from './campaign-findings.tsx';
import { CampaignNotices } from './campaign-notices.tsx';
import { CampaignPeople } from './campaign-people.tsx';
import { CampaignPreviewCard } from './campaign-preview-card.tsx';
import { CampaignProgress } from './campaign-progress.tsx';
import { CampaignStatusBadge } from './campaign-status-badge.tsx';
import { VersionNotice } from './version-notice.tsx';
import { CampaignTexts } from './campaign-texts.tsx';
import { audienceWords, scheduleWords } from './campaign-words.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** One campaign: before, what it would do; then how it goes, and what came of it for each. */
export function CampaignPage() {
  const { campaignId } = route.useParams();
  const { data: campaign, error, refetch } = useQuery(campaignQuery(campaignId));
  if (error || !campaign)
    return (
      <PagePending
        what="campaign"
        back={<BackLink to="/campaigns">Campaigns</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  const isAhead = campaign.status === 'draft' || campaign.status === 'scheduled';
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/campaigns">Campaigns</BackLink>}
        title={campaign.name}
        beside={<CampaignStatusBadge status={campaign.status} />}
        actions={<CampaignActions campaign={campaign} />}
      />
      <WithAside aside={<CampaignFacts campaign={campaign} />}>
        <Stack>
          <CampaignNotices campaign={campaign} />
          {isAhead && <VersionNotice campaign={campaign} />}
          {isAhead && <CampaignFindings campaign={campaign} />}
          {isAhead && <CampaignTexts campaign={campaign} />}
          {isAhead ? <CampaignPreviewCard campaign={campaign} /> : <CampaignProgress campaign={campaign} />}
          {!isAhead && <CampaignPeople campaign={campaign} />}
        </Stack>
      </WithAside>
    </Page>
  );
}

function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const { data: lists } = useQuery(listsQuery);
  const names = new Map((lists ?? []).map(({ key, name }) => [key, name]));
  const { flow, sender, audience, schedule, status, perMinute, number, startsAt, beganAt, endedAt } =
    campaign;
  const byTheirClocks = schedule.kind !== 'now' && schedule.zone === 'contact';
  // Begun by hand, it says when that was.
  const wasBegunByHand = schedule.kind === 'now' && status !== 'draft';
  const moments = [
    { label: 'Begins', at: beganAt === null ? startsAt : null },
    { label: 'Began', at: beganAt },
    { label: 'Ended', at: endedAt },
  ];
  return (
    <Facts
      facts={[
        {
          label: 'Flow',
          value: (
            <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} inherit dir="auto">
              {flow.name}
            </TextLink>
          ),
        },
        { label: 'Version', value: flow.version },
        { label: 'From', value: <PhoneNumber phone={sender} /> },
        { label: 'For', value: audienceWords(audience, names) },
        ...(wasBegunByHand ? [] : [{ label: 'When', value: scheduleWords(schedule) }]),
        ...(schedule.kind === 'every' ? [{ label: 'Number', value: number }] : []),
        { label: 'Pace', value: `${perMinute.toLocaleString('en')} people a minute` },
        ...moments.flatMap(({ label, at }) =>
          at === null
            ? []
            : [
                {
                  label,
                  value: <Moment at={at} note={label === 'Begins' && byTheirClocks ? FIRST_CLOCK : ''} />,
                },
              ],
        ),
        ...(campaign.createdBy === null
          ? []
          : [{ label: 'Made by', value: <bdi>{campaign.createdBy}</bdi> }]),
      ]}
    />
  );
}

/** On everybody's own clock the first begin before the day is ours. */
const FIRST_CLOCK = ', where that hour comes first';

function Moment({ at, note }: { at: string; note: string }) {
  return (
    <>
      <RelativeTime at={at} timed />
      {note}
    </>
  );
}
