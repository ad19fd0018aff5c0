import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react';
import type { Campaign, CampaignTrouble } from '#shared/api/campaigns.ts';
import { assertNever } from '#shared/assert-never.ts';
import { counted } from '../../lib/format/number.ts';
import { TextLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { lateness } from './campaign-words.ts';
import { useTooLate } from './use-too-late.ts';

/** What a campaign has to say for itself: why it rests, that it began late, that others before it were left out. */
export function CampaignNotices({ campaign }: { campaign: Campaign }) {
  const { schedule } = campaign;
  const missed = schedule.kind === 'every' ? campaign.missed : 0;
  const late = lateness(campaign);
  const isTooLate = useTooLate(campaign);
  return (
    <>
      <Trouble campaign={campaign} />
      {isTooLate && (
        <Alert
          role="status"
          icon={<IconClockExclamation size={18} color="var(--tl-warn)" />}
          title="Its time has passed"
        >
          <Text size="sm">Edit it, and choose a time to come.</Text>
        </Alert>
      )}
      {(late !== null || missed > 0) && (
        <Alert role="status" icon={<IconClockExclamation size={18} color="var(--tl-warn)" />}>
          <Stack gap={4}>
            {late !== null && (
              <Text size="sm">
                It began {late} after its time: all sending was stopped, or Textloom did not run, or could not
                begin it.
              </Text>
            )}
            {missed > 0 && schedule.kind === 'every' && (
              <Text size="sm">
                {counted(missed, `${schedule.every} before it was`, `${schedule.every}s before it were`)} left
                out, because all sending was stopped then, or Textloom did not run. What was missed is not
                sent all at once.
              </Text>
            )}
          </Stack>
        </Alert>
      )}
    </>
  );
}

function Trouble({ campaign }: { campaign: Campaign }) {
  const { trouble, status } = campaign;
  if (trouble === null) return null;
  return (
    <Alert
      role="alert"
      icon={<IconAlertTriangle size={18} color="var(--tl-warn)" />}
      title={status === 'paused' ? 'Paused by itself' : 'It could not go on'}
    >
      <Text size="sm">
        <TroubleWords trouble={trouble} campaign={campaign} />
      </Text>
    </Alert>
  );
}

function TroubleWords({ trouble, campaign }: { trouble: CampaignTrouble; campaign: Campaign }) {
  const { flow, triedAgainAt } = campaign;
  switch (trouble) {
    case 'flow-not-live':
      return (
        <>
          <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} inherit dir="auto">
            {flow.name}
          </TextLink>{' '}
          is not live. Resume or publish it, then let the campaign go on.
        </>
      );
    case 'sender-removed':
      return 'The number it goes out from was removed. Cancel it, and make a new one with another number.';
    case 'fault':
      return (
        <>
          Something failed on the server, which wrote it to its log.
          {triedAgainAt !== null && (
            <>
              {' '}
              It is tried again <RelativeTime at={triedAgainAt} />.
            </>
          )}
        </>
      );
    default:
      return assertNever(trouble);
  }
}
