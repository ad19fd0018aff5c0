import { Autocomplete, Group, JsonInput, Select, TextInput } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { DurationInput } from '../../editor-kit/duration-input.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PairsEditor } from '../../editor-kit/pairs-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { pointersOf } from '../../engine/json-pointer.ts';
import { readJson, type WebhookConfig, webhook, webhookConfig } from './definition.ts';

const METHODS: WebhookConfig['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The card and form of "Call a web address". */
export const webhookEditor = defineEditor(webhook, webhookConfig, {
  icon: IconWebhook,
  Body: ({ config }) => (
    <Gist>
      {config.method} <b>{config.url.replace(/^https?:\/\//, '') || '…'}</b>
      {config.save.length > 0 ? `, keeps ${config.save.map(({ as }) => as).join(', ')}` : null}
    </Gist>
  ),
  Form: WebhookForm,
});

function WebhookForm({ config, onChange, issues }: FormProps<WebhookConfig>) {
  const { readOnly } = useSurroundings();
  const inAddress = config.method === 'GET' || config.method === 'DELETE';
  const known = knownPointers(config.sample);
  return (
    <>
      <Group gap="xs" wrap="nowrap" align="start">
        <Select
          label="Method"
          data={METHODS}
          value={config.method}
          onChange={(next) => {
            const method = METHODS.find((one) => one === next);
            if (method) onChange({ ...config, method });
          }}
          allowDeselect={false}
          readOnly={readOnly}
          w={100}
        />
        <TextInput
          label="Address"
          value={config.url}
          onChange={(event) => onChange({ ...config, url: event.currentTarget.value })}
          readOnly={readOnly}
          flex={1}
          data-autofocus
          {...fieldProps(issues, 'url', 'Variables such as {{contact.phone}} are filled in.')}
        />
      </Group>
      <PairsEditor
        label={inAddress ? 'Sent in the address' : 'Sent as JSON'}
        value={config.fields}
        onChange={(fields) => onChange({ ...config, fields })}
        issues={issues}
        path="fields"
        namePlaceholder="phone"
        valuePlaceholder="{{contact.phone}}"
        addLabel="Add a value to send"
      />
      <PairsEditor
        label="Headers"
        value={config.headers}
        onChange={(headers) => onChange({ ...config, headers })}
        issues={issues}
        path="headers"
        namePlaceholder="Authorization"
        valuePlaceholder="Bearer …"
        addLabel="Add a header"
      />
      <DurationInput
        label="Wait for an answer"
        value={config.timeout}
        onChange={(timeout) => timeout && onChange({ ...config, timeout })}
        issues={issues}
        path="timeout"
        description="At most 60 seconds: somebody may be waiting for a reply."
      />
      <JsonInput
        label="A sample answer"
        value={config.sample ?? ''}
        onChange={(sample) => onChange({ ...config, sample: sample || undefined })}
        autosize
        minRows={3}
        maxRows={10}
        readOnly={readOnly}
        {...fieldProps(issues, 'sample', 'Paste one, to choose from below and to try the flow out.')}
      />
      <PairsEditor
        label="Keep of the answer"
        value={config.save.map(({ from, as }) => ({ name: from, value: as }))}
        onChange={(pairs) =>
          onChange({ ...config, save: pairs.map(({ name, value }) => ({ from: name, as: value })) })
        }
        issues={issues}
        path="save"
        keys={{ name: 'from', value: 'as' }}
        namePlaceholder="/customer/name"
        valuePlaceholder="name"
        addLabel="Keep a value"
        renderName={(props) => <Autocomplete {...props} data={known} />}
      />
    </>
  );
}

const knownPointers = (sample: string | undefined): string[] => {
  const json = sample === undefined ? null : readJson(sample);
  return json
    ? pointersOf(json.value)
        .filter((pointer) => pointer !== '')
        .slice(0, 50)
    : [];
};
