import { Alert, Card, Group, Loader, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconMoon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Campaign, CampaignPreview } from '#shared/api/campaigns.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { campaignPreviewQuery } from '../../lib/queries/campaign-queries.ts';
import { useNow } from '../../lib/use-now.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { beginsNobody } from './campaign-words.ts';
import { OutcomeList } from './outcome-list.tsx';

/** What ends within it ends at once, in milliseconds. */
const MINUTE = 60_000;

/** What a campaign would do if it began now, worked out for its people without sending anything. */
export function CampaignPreviewCard({ campaign }: { campaign: Campaign }) {
  const now = useNow();
  const { data: preview, error, refetch } = useQuery(campaignPreviewQuery(campaign.id));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!preview)
    return (
      <Card component="section" aria-label="What it would do">
        <Group gap="sm" role="status">
          <Loader size="sm" />
          <Text c="dimmed">Working out what it would do for each of its people…</Text>
        </Group>
      </Card>
    );
  const isIdle = campaign.schedule.kind === 'now' && beginsNobody(preview);
  return (
    <Card component="section" aria-label="What it would do">
      <Stack>
        <Title order={2} size="h3">
          What it would do
        </Title>
        <SimpleGrid cols={{ base: 2, lg: 4 }}>
          <Figure label="People">{wholeNumber(preview.people)}</Figure>
          <Figure label="First texts">{wholeNumber(preview.texts)}</Figure>
          <Figure label="Parts to pay for">{wholeNumber(preview.segments)}</Figure>
          <Figure label={campaign.status === 'draft' ? 'Would end' : 'Ends'}>
            {isIdle ? (
              '–'
            ) : Date.parse(preview.finishesAt) < now + MINUTE ? (
              'At once'
            ) : (
              <RelativeTime at={preview.finishesAt} timed />
            )}
          </Figure>
        </SimpleGrid>
        {preview.people === 0 ? (
          <Text c="dimmed">Nobody is in it at present. Whoever belongs to it when it begins will be.</Text>
        ) : (
          <OutcomeList outcomes={preview.outcomes} />
        )}
        {isIdle && preview.people > 0 && (
          <Text size="sm" role="status">
            {idleWords(preview)}
          </Text>
        )}
        {preview.quiet > 0 && (
          <Alert
            icon={<IconMoon size={18} color="var(--tl-info)" />}
            title={`${counted(preview.quiet, 'text')} would wait for the end of quiet hours`}
          >
            {QUIET}
          </Alert>
        )}
        {preview.expired > 0 && (
          <Alert
            icon={<IconAlertTriangle size={18} color="var(--tl-warn)" />}
            title={`${counted(preview.expired, 'text')} would come too late`}
          >
            {TOO_LATE}
          </Alert>
        )}
        {preview.people > 0 && (
          <Text size="sm" c="dimmed">
            {noteOn(preview)}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

const QUIET =
  'Where these people live, nobody may be texted unasked at that hour: their texts go out as soon as it is over. To text everybody at once, begin at another hour.';

const TOO_LATE =
  'Texts are not sent that have waited for longer than they are worth: three days where they sell something, or less where their sender says so. These would wait behind the limits of the sender or for the end of quiet hours. Let the campaign go more slowly than its sender, raise the limits of the sender, or begin at another hour.';

/** Why there is nothing to begin, and what to do about it where the flow is the reason. */
const idleWords = ({ outcomes }: CampaignPreview): string =>
  outcomes.some(({ reason }) => reason === 'not-a-reply')
    ? 'Nobody would get a text. The first text of this flow is a reply, and here nobody texted first: choose another reason under “Why it is sent”, publish the flow, and use its new version here.'
    : 'Nobody would get a text, so there is nothing to begin yet.';

function noteOn({ people, looked, conversation, operators }: CampaignPreview): string {
  const found =
    looked < people
      ? `Worked out for ${wholeNumber(looked)} of them, chosen evenly, and scaled up.`
      : 'Worked out for each of them as it stands now; who says STOP until then is left out.';
  const seen = operators ? `${found} It may end later: its sender has limits for single operators.` : found;
  if (conversation === null) return seen;
  const whole =
    conversation.max === null
      ? 'as many parts as somebody likes: they can go round'
      : `${counted(conversation.max, 'part')} at the most`;
  return `${seen} A whole conversation takes ${whole}.`;
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={22} fw={600} className="tabular">
        {children}
      </Text>
    </div>
  );
}
