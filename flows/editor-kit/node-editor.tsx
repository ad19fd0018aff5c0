import './families.css';
import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { Issue } from '../definition/issue.ts';
import type { Family, NodeKind } from '../engine/node-kind.ts';
import { readLeniently } from './read-leniently.ts';
import { UnreadableConfig } from './unreadable-config.tsx';

/** What the inspector gives a form. Every change is a whole new config. */
export interface FormProps<Config> {
  config: Config;
  onChange: (config: Config) => void;
  issues: readonly Issue[];
}

/** What a form gets whatever its type: settings that cannot be read are started afresh. */
export interface AnyFormProps extends FormProps<unknown> {
  onReset: () => void;
}

/** The editor half of a node type as its folder writes it. */
export interface NodeEditorSpec<Config> {
  icon: TablerIcon;
  /** The middle of the card: what the person will read, or what the step does, in three lines at most. */
  Body: ComponentType<{ config: Config }>;
  /** The fields of the inspector. */
  Form: ComponentType<FormProps<Config>>;
}

/** The editor half of a node type as the registry holds it, its config type closed over. */
export interface NodeEditor {
  kind: string;
  family: Family;
  title: string;
  summary: string;
  icon: TablerIcon;
  Body: ComponentType<{ config: unknown }>;
  Form: ComponentType<AnyFormProps>;
}

/** Declares the editor half of a node type; a config of another shape shows as unreadable instead of breaking the page. */
export function defineEditor<Config>(
  node: NodeKind,
  schema: z.ZodType<Config>,
  { icon, Body, Form }: NodeEditorSpec<Config>,
): NodeEditor {
  return {
    kind: node.kind,
    family: node.family,
    title: node.title,
    summary: node.summary,
    icon,
    Body({ config }) {
      const read = readLeniently(schema, config);
      return read === null ? null : <Body config={read} />;
    },
    Form({ config, onChange, onReset, issues }) {
      const read = readLeniently(schema, config);
      if (read === null) return <UnreadableConfig issues={issues} onReset={onReset} />;
      return <Form config={read} onChange={onChange} issues={issues} />;
    },
  };
}
