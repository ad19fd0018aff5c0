import { Alert, Button, Group, Text } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import type { Campaign } from '#shared/api/campaigns.ts';
import { CAMPAIGNS_KEY, FINDINGS_KEY } from '../../lib/queries/campaign-queries.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { TextLink } from '../../ui/links.tsx';
import { campaignOf, isBehind, planOf } from './campaign-plan.ts';
import { saveCampaign } from './save-campaign.ts';

/** Says that the flow of a campaign that has not begun was published anew since, and offers the new version. */
export function VersionNotice({ campaign }: { campaign: Campaign }) {
  const { flow, status, sender } = campaign;
  const may = useMay('publisher');
  const take = useChange(
    () => {
      const input = campaignOf({ ...planOf(campaign), newest: true }, sender, campaign);
      return saveCampaign({ input, before: campaign, file: null, onUploaded: () => undefined });
    },
    {
      touches: [CAMPAIGNS_KEY, FINDINGS_KEY],
      onDone: () => notifyDone(`It begins version ${flow.newest} now.`),
    },
  );
  if (!isBehind(campaign)) return null;
  return (
    <Alert
      role="status"
      icon={<IconRefreshAlert size={18} color="var(--tl-warn)" />}
      title="The flow was published anew"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 320px">
          Version {flow.newest} of{' '}
          <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} inherit dir="auto">
            {flow.name}
          </TextLink>{' '}
          is live by now. This campaign begins version {flow.version}, as it was when it was made
          {status === 'draft' ? '.' : '; edit it to use the new one.'}
        </Text>
        {may && status === 'draft' && (
          <Button size="compact-sm" variant="default" loading={take.isPending} onClick={() => take.mutate()}>
            Use version {flow.newest}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
