import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '#shared/api/campaigns.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { CAMPAIGNS_KEY, campaignQuery } from '../../lib/queries/campaign-queries.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import { differences } from './campaign-differences.ts';
import { CampaignDialog } from './campaign-dialog.tsx';

/** Changes a draft. What somebody else changes meanwhile is shown, and never overwritten unseen. */
export function EditCampaignDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const client = useQueryClient();
  const { data: now = campaign } = useQuery(campaignQuery(campaign.id));
  const [base, setBase] = useState(campaign);
  const [takenOver, setTakenOver] = useState(0);
  const isOther = now.revision !== base.revision;
  const notice =
    now.status !== 'draft' ? (
      <Alert role="alert" title="It is no draft any more">
        Somebody has begun it meanwhile. What you changed here is not saved.
      </Alert>
    ) : isOther ? (
      <ChangedMeanwhile
        before={base}
        now={now}
        onTheirs={() => {
          setBase(now);
          setTakenOver(takenOver + 1);
        }}
        onMine={() => setBase(now)}
      />
    ) : undefined;
  return (
    <CampaignDialog
      key={takenOver}
      title="Edit campaign"
      submit="Save"
      before={base}
      notice={notice}
      isHalted={now.status !== 'draft'}
      onWritten={setBase}
      onFailed={() => void client.invalidateQueries({ queryKey: CAMPAIGNS_KEY })}
      onSaved={() => {
        notifyDone('Saved. What it would do is worked out anew.');
        onClose();
      }}
      onClose={onClose}
    />
  );
}

interface ChangedMeanwhileProps {
  before: Campaign;
  now: Campaign;
  onTheirs: () => void;
  onMine: () => void;
}

function ChangedMeanwhile({ before, now, onTheirs, onMine }: ChangedMeanwhileProps) {
  const { data: lists } = useQuery(listsQuery);
  const names = new Map((lists ?? []).map(({ key, name }) => [key, name]));
  return (
    <Alert
      role="alert"
      icon={<IconUsers size={18} color="var(--tl-warn)" />}
      title="Somebody else has changed it since you opened it"
    >
      <Stack gap="xs">
        <List size="sm" spacing={2}>
          {differences(before, now, names).map(({ what, was, is }) => (
            <List.Item key={what}>
              {what}: <bdi>{was}</bdi> → <bdi>{is}</bdi>
            </List.Item>
          ))}
        </List>
        <Text size="sm">Take theirs over and lose what you wrote here, or save yours over theirs.</Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={onTheirs}>
            Take theirs over
          </Button>
          <Button size="compact-sm" variant="default" onClick={onMine}>
            Keep mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
