import { ActionIcon, Group, Menu, SegmentedControl, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconDots,
  IconDownload,
  IconFileImport,
  IconHistory,
  IconKeyboard,
  IconLayoutGrid,
  IconMap,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Flow } from '#shared/api/flows.ts';
import { useKeyNames } from '../../lib/use-key-names.ts';
import { FlowStatusBadge } from '../../ui/badges/flow-status-badge.tsx';
import { TextLink } from '../../ui/links.tsx';
import { FlowName } from './flow-name.tsx';
import classes from './flow-editor.module.css';
import { useEditor, useEditorState } from './store/use-editor.ts';

export interface HeaderProps {
  flow: Flow;
  view: 'draft' | 'traffic';
  readOnly: boolean;
  /** A published version is looked at instead of the draft. */
  looking: boolean;
  /** Saved, saving, offline. */
  status: ReactNode;
  publish: ReactNode;
  onView: (view: 'draft' | 'traffic') => void;
  onTidy: () => void;
  onFind: () => void;
  onVersions: () => void;
  onExport: () => void;
  onImport: () => void;
  onTemplate: () => void;
  onMap: () => void;
  onShortcuts: () => void;
}

/** The line over the canvas: which flow, how it stands, and everything that concerns it as a whole. */
export function Header(props: HeaderProps) {
  const { flow, view, readOnly, looking, status, publish, onView } = props;
  const nameOf = useKeyNames();
  return (
    <header className={classes.header}>
      <Group gap={8} wrap="nowrap" className={classes.identity}>
        <TextLink to="/flows" className={classes.back} aria-label="All flows" title="All flows">
          <IconChevronLeft size={20} />
        </TextLink>
        <FlowName readOnly={readOnly} />
        <FlowStatusBadge status={flow.status} />
        {flow.version === null ? null : (
          <Text size="sm" c="dimmed" className={classes.wide}>
            version {flow.version}
          </Text>
        )}
      </Group>
      <SegmentedControl
        size="xs"
        aria-label="View"
        data={[
          { value: 'draft', label: 'Draft' },
          { value: 'traffic', label: 'Traffic' },
        ]}
        value={view}
        onChange={(next) => onView(next === 'traffic' ? 'traffic' : 'draft')}
      />
      <Group gap={4} wrap="nowrap" className={classes.tools}>
        <span className={classes.status}>{readOnly ? null : status}</span>
        {view === 'draft' && !readOnly ? <EditTools onTidy={props.onTidy} /> : null}
        {view === 'draft' && !looking ? (
          <Tool label={`Find (${nameOf('Ctrl')} F)`} onClick={props.onFind}>
            <IconSearch size={18} />
          </Tool>
        ) : null}
        <Tool label="Versions" onClick={props.onVersions}>
          <IconHistory size={18} />
        </Tool>
        <MoreMenu {...props} />
        <span className={classes.publish}>{publish}</span>
      </Group>
    </header>
  );
}

function EditTools({ onTidy }: { onTidy: () => void }) {
  const editor = useEditor();
  const nameOf = useKeyNames();
  const undo = useEditorState((state) => state.history.past.at(-1)?.label);
  const redo = useEditorState((state) => state.history.future[0]?.label);
  return (
    <>
      <Tool
        label={undo ? `Undo: ${undo} (${nameOf('Ctrl')} Z)` : 'Nothing to undo'}
        disabled={!undo}
        onClick={editor.undo}
      >
        <IconArrowBackUp size={18} />
      </Tool>
      <Tool
        label={redo ? `Redo: ${redo} (${nameOf('Ctrl')} Y)` : 'Nothing to redo'}
        disabled={!redo}
        onClick={editor.redo}
      >
        <IconArrowForwardUp size={18} />
      </Tool>
      <Tool label="Tidy up" onClick={onTidy}>
        <IconSitemap size={18} />
      </Tool>
    </>
  );
}

function MoreMenu({ readOnly, onExport, onImport, onTemplate, onMap, onShortcuts }: HeaderProps) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={onExport}>
          Export as JSON
        </Menu.Item>
        {readOnly ? null : (
          <>
            <Menu.Item leftSection={<IconFileImport size={16} />} onClick={onImport}>
              Import a file
            </Menu.Item>
            <Menu.Item leftSection={<IconLayoutGrid size={16} />} onClick={onTemplate}>
              Start from a template
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconMap size={16} />} onClick={onMap}>
          Show or hide the map
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          Keyboard
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Tool({
  label,
  disabled,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label} position="bottom">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        className={classes.tool}
        aria-disabled={disabled || undefined}
        onClick={() => !disabled && onClick()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
