import { Code, Text, TextInput } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { durationWords } from '../../definition/duration.ts';
import { Gist } from '../../editor-kit/bubble.tsx';
import { DurationInput } from '../../editor-kit/duration-input.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { KeyInput } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type WaitEventConfig, waitEvent, waitEventConfig } from './definition.ts';

/** The card and form of "Wait for an event". */
export const waitEventEditor = defineEditor(waitEvent, waitEventConfig, {
  icon: IconBolt,
  Body: ({ config }) => (
    <Gist>
      Waits for <b>{config.event || 'an event'}</b>
      {config.key ? ` ${config.key}` : null}
      {config.timeout ? `, at most ${durationWords(config.timeout)}` : null}
    </Gist>
  ),
  Form: WaitEventForm,
});

const USUAL = ['link-clicked', 'voucher-redeemed', 'order-paid', 'appointment-kept'];

function WaitEventForm({ config, onChange, issues }: FormProps<WaitEventConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <KeyInput
        label="Event"
        value={config.event}
        onChange={(event) => onChange({ ...config, event })}
        issues={issues}
        path="event"
        placeholder="order-paid"
        known={USUAL}
      />
      <TextInput
        label="Which one"
        placeholder="any"
        value={config.key ?? ''}
        onChange={(event) => onChange({ ...config, key: event.currentTarget.value || undefined })}
        readOnly={readOnly}
        {...fieldProps(
          issues,
          'key',
          'Where there may be several: a number of an order, the name of a link, {{answers.order}}.',
        )}
      />
      <TextInput
        label="Remember what it tells as"
        value={config.saveAs ?? ''}
        onChange={(event) => onChange({ ...config, saveAs: event.currentTarget.value || undefined })}
        readOnly={readOnly}
        {...fieldProps(issues, 'saveAs')}
      />
      <DurationInput
        label="Wait at most"
        value={config.timeout}
        onChange={(timeout) => onChange({ ...config, timeout })}
        issues={issues}
        path="timeout"
      />
      <div>
        <Text size="xs" c="dimmed" mb={4}>
          Programs tell that it happened with:
        </Text>
        <Code block fz={11}>
          {`POST /api/events\n${JSON.stringify(
            {
              phone: '+447700900001',
              event: config.event || 'order-paid',
              ...(config.key ? { key: '17' } : {}),
              ...(config.saveAs ? { value: 'anything' } : {}),
            },
            null,
            1,
          )}`}
        </Code>
      </div>
    </>
  );
}
