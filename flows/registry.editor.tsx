import type { NodeEditor } from './editor-kit/node-editor.tsx';
import { ageEditor } from './nodes/age/editor.tsx';
import { branchEditor } from './nodes/branch/editor.tsx';
import { collectEditor } from './nodes/collect/editor.tsx';
import { confirmEditor } from './nodes/confirm/editor.tsx';
import { contestEntryEditor } from './nodes/contest-entry/editor.tsx';
import { delayEditor } from './nodes/delay/editor.tsx';
import { emailEditor } from './nodes/email/editor.tsx';
import { endEditor } from './nodes/end/editor.tsx';
import { goalEditor } from './nodes/goal/editor.tsx';
import { linkEditor } from './nodes/link/editor.tsx';
import { menuEditor } from './nodes/menu/editor.tsx';
import { messageEditor } from './nodes/message/editor.tsx';
import { noteEditor } from './nodes/note/editor.tsx';
import { notifyEditor } from './nodes/notify/editor.tsx';
import { npsEditor } from './nodes/nps/editor.tsx';
import { questionEditor } from './nodes/question/editor.tsx';
import { setFieldEditor } from './nodes/set-field/editor.tsx';
import { splitEditor } from './nodes/split/editor.tsx';
import { subflowEditor } from './nodes/subflow/editor.tsx';
import { subscribeEditor } from './nodes/subscribe/editor.tsx';
import { tagEditor } from './nodes/tag/editor.tsx';
import { voucherEditor } from './nodes/voucher/editor.tsx';
import { waitEventEditor } from './nodes/wait-event/editor.tsx';
import { webhookEditor } from './nodes/webhook/editor.tsx';
import { windowEditor } from './nodes/window/editor.tsx';

/** The editor half of every node type, in the order of the palette: one line for each line of `registry.ts`. */
export const NODE_EDITORS: readonly NodeEditor[] = [
  messageEditor,
  questionEditor,
  menuEditor,
  collectEditor,
  ageEditor,
  confirmEditor,
  branchEditor,
  splitEditor,
  subflowEditor,
  subscribeEditor,
  setFieldEditor,
  tagEditor,
  linkEditor,
  webhookEditor,
  notifyEditor,
  emailEditor,
  contestEntryEditor,
  voucherEditor,
  delayEditor,
  windowEditor,
  waitEventEditor,
  npsEditor,
  goalEditor,
  endEditor,
  noteEditor,
];

const byKind = new Map(NODE_EDITORS.map((editor) => [editor.kind, editor]));

/** The editor half of a node type, or undefined for a kind that is not known here. */
export const nodeEditor = (kind: string): NodeEditor | undefined => byKind.get(kind);
