import type { NodeKind } from './engine/node-kind.ts';
import { age } from './nodes/age/definition.ts';
import { branch } from './nodes/branch/definition.ts';
import { collect } from './nodes/collect/definition.ts';
import { confirm } from './nodes/confirm/definition.ts';
import { contestEntry } from './nodes/contest-entry/definition.ts';
import { delay } from './nodes/delay/definition.ts';
import { email } from './nodes/email/definition.ts';
import { end } from './nodes/end/definition.ts';
import { goal } from './nodes/goal/definition.ts';
import { link } from './nodes/link/definition.ts';
import { menu } from './nodes/menu/definition.ts';
import { message } from './nodes/message/definition.ts';
import { note } from './nodes/note/definition.ts';
import { notify } from './nodes/notify/definition.ts';
import { nps } from './nodes/nps/definition.ts';
import { question } from './nodes/question/definition.ts';
import { setField } from './nodes/set-field/definition.ts';
import { split } from './nodes/split/definition.ts';
import { subflow } from './nodes/subflow/definition.ts';
import { subscribe } from './nodes/subscribe/definition.ts';
import { tag } from './nodes/tag/definition.ts';
import { voucher } from './nodes/voucher/definition.ts';
import { waitEvent } from './nodes/wait-event/definition.ts';
import { webhook } from './nodes/webhook/definition.ts';
import { window } from './nodes/window/definition.ts';

/** Every node type there is, in the order of the palette. A new one is its folder and a line here (and one in registry.editor.tsx). */
export const NODE_KINDS: readonly NodeKind[] = [
  message,
  question,
  menu,
  collect,
  age,
  confirm,
  branch,
  split,
  subflow,
  subscribe,
  setField,
  tag,
  link,
  webhook,
  notify,
  email,
  contestEntry,
  voucher,
  delay,
  window,
  waitEvent,
  nps,
  goal,
  end,
  note,
];

const byKind = new Map(NODE_KINDS.map((kind) => [kind.kind, kind]));

/** The node type of that name, or undefined. */
export const nodeKind = (kind: string): NodeKind | undefined => byKind.get(kind);
