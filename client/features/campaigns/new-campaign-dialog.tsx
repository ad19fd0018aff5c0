import { useNavigate } from '@tanstack/react-router';
import { CampaignDialog } from './campaign-dialog.tsx';

/** Makes a draft, which then says what it would do. */
export function NewCampaignDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <CampaignDialog
      title="New campaign"
      submit="See what it would do"
      onClose={onClose}
      onSaved={({ id }) => {
        onClose();
        void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } });
      }}
    />
  );
}
