import { Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '#shared/api/campaigns.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { campaignFindingsQuery } from '../../lib/queries/campaign-queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextLink } from '../../ui/links.tsx';
import { ShownConversation } from '../../ui/texts/shown-conversation.tsx';
import { isRefusal } from './campaign-words.ts';

/** What goes wrong with a flow once a campaign begins it: nobody has texted then, and what was proved for those who text may not hold. */
export function CampaignFindings({ campaign }: { campaign: Campaign }) {
  const { id, flow } = campaign;
  const { data: findings, error, refetch } = useQuery(campaignFindingsQuery(id));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!findings || findings.length === 0) return null;
  const isRefused = findings.some(isRefusal);
  return (
    <Card component="section" aria-label="Before it begins">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" mb={4}>
            {isRefused ? 'It cannot be begun like this' : 'Before it begins'}
          </Title>
          <Text size="sm" c="dimmed">
            These people have not texted. For them,{' '}
            <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} inherit dir="auto">
              {flow.name}
            </TextLink>{' '}
            was explored once more.{' '}
            {isRefused
              ? 'Mend it, publish it, and use its new version here.'
              : 'It can be begun nevertheless.'}
          </Text>
        </div>
        <List listStyleType="none" spacing="sm">
          {findings.map((finding) => (
            <List.Item key={`${finding.place} ${finding.message}`}>
              <Finding finding={finding} />
            </List.Item>
          ))}
        </List>
      </Stack>
    </Card>
  );
}

function Finding({ finding: found }: { finding: ProblemIssue }) {
  const { message, finding } = found;
  return (
    <Group gap="xs" wrap="nowrap" align="start">
      {isRefusal(found) ? (
        <IconAlertCircle size={18} color="var(--tl-bad)" role="img" aria-label="Problem" style={STEADY} />
      ) : (
        <IconAlertTriangle size={18} color="var(--tl-warn)" role="img" aria-label="Warning" style={STEADY} />
      )}
      <div>
        <Text size="sm">{message}</Text>
        {finding?.witness && <ShownConversation witness={finding.witness} />}
      </div>
    </Group>
  );
}

const STEADY = { flex: 'none', marginBlockStart: 2 } as const;
