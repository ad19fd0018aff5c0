import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ChangeFlow } from '#shared/api/flows.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';

export interface ResumeDialogProps {
  name: string;
  /** What has become doubtful since the flow was published. */
  doubts: readonly ProblemIssue[];
  busy: boolean;
  onResume: (accepted: NonNullable<ChangeFlow['accepted']>) => void;
  onClose: () => void;
}

/** Asks why a flow is resumed in spite of what has become doubtful while it was paused. Its version keeps the reasons. */
export function ResumeDialog({ name, doubts, busy, onResume, onClose }: ResumeDialogProps) {
  const form = useForm({
    initialValues: { reasons: doubts.map(() => '') },
    validate: ({ reasons }) =>
      Object.fromEntries(
        reasons.flatMap((reason, at) =>
          reason.trim() === '' ? [[`reasons.${at}`, 'Say why this is right.']] : [],
        ),
      ),
  });
  return (
    <DialogForm
      title={`Resume “${name}”`}
      submit="Resume"
      busy={busy}
      onSubmit={form.onSubmit(({ reasons }) =>
        onResume(
          doubts.map(({ code, finding }, at) => ({
            code,
            ...(finding && { place: finding.place }),
            reason: reasons[at]?.trim() ?? '',
          })),
        ),
      )}
      onClose={onClose}
    >
      <Text size="sm">
        Something has become doubtful since this flow was published. You can resume it all the same: say why
        that is right, and its version keeps it.
      </Text>
      {doubts.map(({ message, place }, at) => (
        <TextInput
          key={`${place} ${message}`}
          label={message}
          placeholder="Why this is right"
          maxLength={300}
          {...form.getInputProps(`reasons.${at}`)}
        />
      ))}
    </DialogForm>
  );
}
