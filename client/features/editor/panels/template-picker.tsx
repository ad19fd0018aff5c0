import { Loader, Modal, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { templatesQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import classes from './template-picker.module.css';

export interface TemplatePickerProps {
  opened: boolean;
  onPick: (template: FlowTemplate) => void;
  onClose: () => void;
}

/** Finished flows to begin with. */
export function TemplatePicker({ opened, onPick, onClose }: TemplatePickerProps) {
  const { data, error, refetch } = useQuery({ ...templatesQuery, enabled: opened });
  return (
    <Modal opened={opened} onClose={onClose} title="Start from a template" size="lg">
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Loader />}
      <Stack gap="xs">
        {data?.map((template) => (
          <UnstyledButton key={template.id} className={classes.template} onClick={() => onPick(template)}>
            <Text fw={600}>{template.title}</Text>
            <Text size="sm" c="dimmed">
              {template.summary}
            </Text>
          </UnstyledButton>
        ))}
      </Stack>
    </Modal>
  );
}
