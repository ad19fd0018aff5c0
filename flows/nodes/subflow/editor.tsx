import { Alert, Button, Loader, Select, Text } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
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
  const { flows, loadVersion, readOnly } = useSurroundings();
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const { flow } = config;
  const newest = flows.find(({ id }) => id === flow?.id);
  const take = async (chosen: { id: string; name: string; version: number }) => {
    setLoading(true);
    setFailed(null);
    try {
      const read = subflowConfig.safeParse({
        flow: chosen,
        definition: await loadVersion(chosen.id, chosen.version),
      });
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
    label: `${name} (version ${version})`,
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
      {failed ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {failed}
        </Text>
      ) : null}
      {flow && newest && newest.version > flow.version ? (
        <Alert color="blue" variant="light" p="xs">
          <Text size="sm" mb={readOnly ? 0 : 'xs'}>
            Version {newest.version} is out. This step stays with version {flow.version}.
          </Text>
          {readOnly ? null : (
            <Button size="compact-sm" variant="light" loading={loading} onClick={() => void take(newest)}>
              Take version {newest.version}
            </Button>
          )}
        </Alert>
      ) : null}
    </>
  );
}
