import { Anchor, Loader, Select, Text } from '@mantine/core';
import { IconExternalLink, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type FlowVersion, NewerVersion } from './newer-version.tsx';
import { type SubflowConfig, subflow, subflowConfig } from './definition.ts';

/** The card and form of "Run another flow". */
export const subflowEditor = defineEditor(subflow, subflowConfig, {
  icon: IconSitemap,
  Body: ({ config: { flow } }) => (
    <Gist>
      {flow ? (
        <>
          Runs <b>{flow.name}</b>, version {flow.version}
        </>
      ) : (
        'Runs another flow'
      )}
    </Gist>
  ),
  Form: SubflowForm,
});

function SubflowForm({ config, onChange, issues }: FormProps<SubflowConfig>) {
  const { flows, loadVersion, flowHref, readOnly } = useSurroundings();
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const { flow } = config;
  const newest = flows.find(({ id }) => id === flow?.id);
  const take = async ({ id, name, version }: FlowVersion) => {
    setLoading(true);
    setFailed(null);
    try {
      const { definition } = await loadVersion(id, version);
      const read = subflowConfig.safeParse({ flow: { id, name, version }, definition });
      if (read.success) onChange(read.data);
      else setFailed('This version cannot be read.');
    } catch {
      setFailed('This version could not be loaded. Please try again.');
    } finally {
      setLoading(false);
    }
  };
  const choices = flows.map(({ id, name, version }) => ({
    value: id,
    label: id === flow?.id ? `${name} (version ${flow.version})` : `${name} (version ${version})`,
  }));
  if (flow && !newest) choices.push({ value: flow.id, label: `${flow.name} (version ${flow.version})` });
  return (
    <>
      <Select
        label="Flow"
        data={choices}
        value={flow?.id ?? null}
        onChange={(next) => {
          const chosen = flows.find(({ id }) => id === next);
          if (chosen && chosen.id !== flow?.id) void take(chosen);
        }}
        placeholder="Choose a published flow"
        nothingFoundMessage="No other flow is published yet."
        searchable
        allowDeselect={false}
        readOnly={readOnly || loading}
        rightSection={loading ? <Loader size="xs" /> : undefined}
        {...fieldProps(issues, 'flow', 'Answers go in and come out by their names.')}
      />
      {flow ? (
        <Anchor size="sm" href={flowHref(flow.id)} target="_blank" rel="noreferrer">
          Open “{flow.name}” <IconExternalLink size={14} aria-label="in a new tab" />
        </Anchor>
      ) : null}
      {failed ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {failed}
        </Text>
      ) : null}
      {flow && newest && newest.version > flow.version ? (
        <NewerVersion
          key={newest.version}
          pinned={flow.version}
          definition={config.definition}
          newest={newest}
          loading={loading}
          onTake={() => void take(newest)}
        />
      ) : null}
    </>
  );
}
