import { Button } from '@mantine/core';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Campaign } from '#shared/api/campaigns.ts';
import { beginCampaign, moveCampaign, removeCampaign } from '../../lib/api/campaigns.ts';
import { counted } from '../../lib/format/number.ts';
import {
  CAMPAIGNS_KEY,
  campaignFindingsQuery,
  campaignPreviewQuery,
  campaignQuery,
} from '../../lib/queries/campaign-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { askFirst, ConfirmButton } from '../../ui/confirm.tsx';
import { beginsNobody, isRefusal, scheduleWords } from './campaign-words.ts';
import { EditCampaignDialog } from './edit-campaign-dialog.tsx';
import { useTooLate } from './use-too-late.ts';

/** What can be done with a campaign as it stands. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { id, status, trouble, waiting, schedule } = campaign;
  const navigate = useNavigate();
  const may = useMay('publisher');
  const [editing, setEditing] = useState(false);
  const move = useChange((act: 'pause' | 'cancel') => moveCampaign(id, act), { touches: [CAMPAIGNS_KEY] });
  const begin = useChange(() => beginCampaign(id, campaign.revision), { touches: [CAMPAIGNS_KEY] });
  const client = useQueryClient();
  // It is edited once it is known to be a draft.
  const reopened = async () => {
    await moveCampaign(id, 'reopen');
    await client.invalidateQueries({ queryKey: campaignQuery(id).queryKey });
  };
  const reopen = useChange(reopened, {
    touches: [CAMPAIGNS_KEY],
    onDone: () => setEditing(true),
  });
  const remove = useChange(() => removeCampaign(id), {
    touches: [[...CAMPAIGNS_KEY, 'list']],
    onDone: () => void navigate({ to: '/campaigns' }),
  });
  if (!may) return null;
  const isOpen = status === 'scheduled' || status === 'running' || status === 'paused';
  return (
    <>
      {status === 'draft' && (
        <ConfirmButton
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          question={{
            title: 'Throw this draft away?',
            children: 'Nothing has gone out. This cannot be undone.',
            confirm: 'Throw away',
            onConfirm: () => remove.mutate(),
          }}
        >
          Throw away
        </ConfirmButton>
      )}
      {isOpen && (
        <ConfirmButton
          leftSection={<IconPlayerStop size={16} />}
          loading={move.isPending && move.variables === 'cancel'}
          question={{
            title: 'Cancel this campaign?',
            children:
              status === 'scheduled'
                ? 'It will not begin, nor will those that would have followed it.'
                : `${counted(waiting, 'person has', 'people have')} not had their turn and will be left out. Conversations that began go on.${
                    schedule.kind === 'every' ? ' Those that would have followed it do not begin.' : ''
                  }`,
            confirm: 'Cancel campaign',
            onConfirm: () => move.mutate('cancel'),
          }}
        >
          Cancel campaign
        </ConfirmButton>
      )}
      {status === 'running' && (
        <Button
          leftSection={<IconPlayerPause size={16} />}
          loading={move.isPending && move.variables === 'pause'}
          onClick={() => move.mutate('pause')}
        >
          Pause
        </Button>
      )}
      {status === 'paused' && trouble !== 'sender-removed' && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          Go on
        </Button>
      )}
      {status === 'draft' && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
          Edit
        </Button>
      )}
      {status === 'scheduled' && (
        <ConfirmButton
          leftSection={<IconPencil size={16} />}
          loading={reopen.isPending}
          question={{
            title: 'Take it back to edit it?',
            children: 'It is a draft until you schedule it again, and does not begin meanwhile.',
            confirm: 'Take back and edit',
            danger: false,
            onConfirm: () => reopen.mutate(),
          }}
        >
          Edit
        </ConfirmButton>
      )}
      {editing && <EditCampaignDialog campaign={campaign} onClose={() => setEditing(false)} />}
      {status === 'draft' && (
        <BeginButton
          campaign={campaign}
          words={schedule.kind === 'now' ? 'Begin now' : 'Schedule'}
          busy={begin.isPending}
          onBegin={() => begin.mutate()}
        />
      )}
    </>
  );
}

interface BeginButtonProps {
  campaign: Campaign;
  words: string;
  busy: boolean;
  onBegin: () => void;
}

function BeginButton({ campaign, words, busy, onBegin }: BeginButtonProps) {
  const isTooLate = useTooLate(campaign);
  const { data: preview } = useQuery(campaignPreviewQuery(campaign.id));
  const { data: findings } = useQuery(campaignFindingsQuery(campaign.id));
  if (preview && campaign.schedule.kind === 'now' && beginsNobody(preview)) return null;
  if (findings?.some(isRefusal) || isTooLate) return null;
  const texts = preview === undefined ? 'Texts' : counted(preview.texts, 'text');
  return (
    <Button
      leftSection={<IconPlayerPlay size={16} />}
      loading={busy}
      disabled={!preview}
      onClick={() =>
        askFirst({
          title: `${words}?`,
          children:
            campaign.schedule.kind === 'now'
              ? `${texts} will go out. It can be paused and cancelled, but what was sent stays sent.`
              : `${scheduleWords(campaign.schedule)}. It can be cancelled ${campaign.schedule.kind === 'every' ? 'at any time' : 'until then'}.`,
          confirm: words,
          danger: false,
          onConfirm: onBegin,
        })
      }
    >
      {words}
    </Button>
  );
}
