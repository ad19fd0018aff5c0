import { Button, Loader, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { templatesQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { TemplateColumns } from '../../../ui/template-choice/template-columns.tsx';
import { TemplateFoot } from '../../../ui/template-choice/template-foot.tsx';
import { useTemplateChoice } from '../../../ui/template-choice/use-template-choice.ts';

export interface TemplatePickerProps {
  flowId: string;
  opened: boolean;
  /** What was chosen is being made ready to draw. */
  busy: boolean;
  /** `keyword`: what the flow is to start with; null where the template has none. */
  onPick: (template: FlowTemplate, keyword: string | null) => void;
  onClose: () => void;
}

/** Finished flows to begin with. */
export function TemplatePicker({ flowId, opened, busy, onPick, onClose }: TemplatePickerProps) {
  const { data, error, refetch } = useQuery({ ...templatesQuery, enabled: opened });
  const [first] = data ?? [];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Start from a template"
      size={840}
      centered={false}
      yOffset="3vh"
    >
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Loader />}
      {data && !first ? <Text>There are no templates.</Text> : null}
      {data && first ? (
        <Choice flowId={flowId} templates={data} first={first} busy={busy} onPick={onPick} />
      ) : null}
    </Modal>
  );
}

interface ChoiceProps extends Pick<TemplatePickerProps, 'flowId' | 'busy' | 'onPick'> {
  templates: readonly FlowTemplate[];
  first: FlowTemplate;
}

function Choice({ flowId, templates, first, busy, onPick }: ChoiceProps) {
  const choice = useTemplateChoice(templates, first, flowId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choice.take(onPick);
      }}
    >
      <TemplateColumns choice={choice} />
      <TemplateFoot>
        <Button type="submit" loading={busy}>
          Start from this
        </Button>
      </TemplateFoot>
    </form>
  );
}
