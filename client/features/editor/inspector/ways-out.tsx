import { ActionIcon, Divider, Select, Text, Title, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import type { FlowNode } from '#flows/definition/schema.ts';
import { isRemark, portsOf, titleOf } from '../canvas/bound-step.ts';
import { CARD } from '../canvas/card-size.ts';
import { StepMenu } from '../panels/step-menu.tsx';
import { addStep, connect, disconnect, insertStep } from '../store/edits.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import classes from './inspector.module.css';

/** A thousand steps to choose from are not kept in the page while nobody chooses. */
const ON_DEMAND = { keepMounted: false };

export interface WaysOutProps {
  step: FlowNode;
  issues: readonly Issue[];
  readOnly: boolean;
}

/** Where each way out leads, as fields: what the mouse does with lines, the keyboard does here. */
export function WaysOut({ step, issues, readOnly }: WaysOutProps) {
  const editor = useEditor();
  const definition = useEditorState((state) => state.definition);
  const [asking, setAsking] = useState<{ port: string; at: { x: number; y: number } } | null>(null);
  const leaving = useMemo(
    () => definition.edges.filter(({ from }) => from === step.id),
    [definition.edges, step.id],
  );
  const targets = useMemo(
    () =>
      definition.nodes.flatMap((node) => (isRemark(node) ? [] : [{ value: node.id, label: titleOf(node) }])),
    [definition.nodes],
  );
  const ports = portsOf(step, leaving);
  if (ports.length === 0) return null;
  const place = definition.layout[step.id] ?? { x: 0, y: 0 };
  const beside = (index: number) => ({ x: place.x + CARD.width + 100, y: place.y + index * 160 });
  const pick = (kind: string) => {
    if (!asking) return;
    const way = { from: step.id, port: asking.port };
    const index = Math.max(
      0,
      ports.findIndex(({ id }) => id === asking.port),
    );
    if (leaving.some(({ port }) => port === asking.port)) insertStep(editor, kind, way, beside(index));
    else addStep(editor, kind, beside(index), way);
    setAsking(null);
  };
  return (
    <>
      <Divider />
      <section aria-label="Ways on">
        <Title order={3} mb={4}>
          Ways on
        </Title>
        {ports.map((port) => {
          const way = { from: step.id, port: port.id };
          const to = leaving.find((edge) => edge.port === port.id)?.to ?? null;
          const problem = issues.find(({ place: { port: at } }) => at === port.id);
          const label =
            to === null ? `New step after “${port.label}”` : `Put a step on the line from “${port.label}”`;
          return (
            <div key={port.id}>
              <div className={classes.way}>
                <span className={classes.wayName} title={port.label} dir="auto">
                  {port.label}
                </span>
                <Select
                  size="xs"
                  aria-label={`“${port.label}” leads to`}
                  placeholder={port.required ? 'Leads nowhere yet' : 'Ends here'}
                  data={targets}
                  value={to}
                  searchable
                  limit={50}
                  comboboxProps={ON_DEMAND}
                  clearable
                  error={to === null && problem?.severity === 'error'}
                  readOnly={readOnly}
                  onChange={(next) => (next === null ? disconnect(editor, way) : connect(editor, way, next))}
                />
                {readOnly ? null : (
                  <Tooltip label={label}>
                    <ActionIcon
                      variant="subtle"
                      aria-label={label}
                      onClick={(event) => {
                        const { left, bottom } = event.currentTarget.getBoundingClientRect();
                        setAsking({ port: port.id, at: { x: left, y: bottom } });
                      }}
                    >
                      <IconPlus size={16} />
                    </ActionIcon>
                  </Tooltip>
                )}
              </div>
              {problem && to !== null ? (
                <Text
                  size="xs"
                  c={problem.severity === 'error' ? 'var(--mantine-color-error)' : 'var(--tl-warn)'}
                >
                  {problem.message}
                </Text>
              ) : null}
            </div>
          );
        })}
        {asking ? (
          <StepMenu
            at={asking.at}
            title="What happens next?"
            existing={definition.nodes}
            onPick={pick}
            onPickExisting={(id) => {
              connect(editor, { from: step.id, port: asking.port }, id);
              setAsking(null);
            }}
            onClose={() => setAsking(null)}
          />
        ) : null}
      </section>
    </>
  );
}
