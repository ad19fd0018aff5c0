import { ActionIcon, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { NodeEditor } from '#flows/editor-kit/node-editor.tsx';
import { STEP_DRAG_TYPE } from '../canvas/step-drag.ts';
import classes from './palette.module.css';
import { kindGroups } from './step-kinds.ts';

export interface PaletteProps {
  open: boolean;
  onToggle: () => void;
  onAdd: (kind: string) => void;
}

/** Everything that can be put on the canvas, to drag there or to click. Folded, only the icons stay. What is typed elsewhere leaves it alone. */
export const Palette = memo(function Palette({ open, onToggle, onAdd }: PaletteProps) {
  const [search, setSearch] = useState('');
  const groups = kindGroups(open ? search : '');
  const label = open ? 'Fold the palette' : 'Unfold the palette';
  return (
    <aside className={classes.palette} data-open={open || undefined} aria-label="Steps">
      <div className={classes.top}>
        {open ? (
          <TextInput
            size="xs"
            flex={1}
            aria-label="Search steps"
            placeholder="Search steps"
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : null}
        <Tooltip label={label} position="right">
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onToggle}>
            {open ? <IconLayoutSidebarLeftCollapse size={18} /> : <IconLayoutSidebarLeftExpand size={18} />}
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.list}>
        {groups.map(({ family, label: name, kinds }) => (
          <section key={family} data-family={family} aria-label={name}>
            {open ? <h2 className={classes.family}>{name}</h2> : null}
            {kinds.map((editor) => (
              <PaletteItem key={editor.kind} editor={editor} open={open} onAdd={onAdd} />
            ))}
          </section>
        ))}
        {groups.length === 0 ? (
          <Text size="sm" c="dimmed" p="xs">
            No step is called that.
          </Text>
        ) : null}
      </div>
    </aside>
  );
});

function PaletteItem({
  editor,
  open,
  onAdd,
}: {
  editor: NodeEditor;
  open: boolean;
  onAdd: (kind: string) => void;
}) {
  const { icon: Icon, kind, title, summary } = editor;
  return (
    <Tooltip
      label={open ? summary : `${title}. ${summary}`}
      position="right"
      multiline
      w={220}
      openDelay={500}
    >
      <UnstyledButton
        className={classes.item}
        draggable
        aria-label={open ? undefined : title}
        onDragStart={(event) => {
          event.dataTransfer.setData(STEP_DRAG_TYPE, kind);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => onAdd(kind)}
      >
        <Icon size={18} stroke={1.8} className={classes.icon} aria-hidden />
        {open ? <span>{title}</span> : null}
      </UnstyledButton>
    </Tooltip>
  );
}
