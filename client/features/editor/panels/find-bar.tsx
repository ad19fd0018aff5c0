import { ActionIcon, Text, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { nodeKind } from '#flows/registry.ts';
import { boundStep, titleOf } from '../canvas/bound-step.ts';
import { useEditorState } from '../store/use-editor.ts';
import classes from './find-bar.module.css';

export interface FindBarProps {
  onJump: (card: string) => void;
  onClose: () => void;
}

/** Finds steps by title, text, answer or id, and leads to them one after the other. */
export function FindBar({ onJump, onClose }: FindBarProps) {
  const definition = useEditorState((state) => state.definition);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const words = search.trim().toLowerCase();
  const found = useMemo(
    () =>
      words === ''
        ? []
        : definition.nodes.filter((step) => {
            const bound = boundStep(step);
            const parts = [
              step.id,
              titleOf(step),
              nodeKind(step.kind)?.title,
              ...(bound?.texts.map(({ template }) => template) ?? []),
            ];
            const ports = bound?.ports.flatMap(({ label, hint }) => [label, hint ?? '']) ?? [];
            return [...parts, ...ports].join('\n').toLowerCase().includes(words);
          }),
    [definition.nodes, words],
  );
  const jump = (to: number) => {
    const step = found[(to + found.length) % found.length];
    if (!step) return;
    setAt((to + found.length) % found.length);
    onJump(step.id);
  };
  return (
    <search className={classes.bar}>
      <TextInput
        aria-label="Find in this flow"
        placeholder="Find in this flow"
        leftSection={<IconSearch size={16} />}
        data-autofocus
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') jump(event.shiftKey ? at - 1 : at + 1);
          if (event.key === 'Escape') onClose();
        }}
        flex={1}
      />
      <Text size="sm" c="dimmed" className={classes.count} aria-live="polite">
        {words === ''
          ? ''
          : at < 0 || found.length === 0
            ? `${found.length} found`
            : `${at + 1} of ${found.length}`}
      </Text>
      <ActionIcon variant="subtle" color="gray" aria-label="Close find" onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </search>
  );
}
