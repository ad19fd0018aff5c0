import type { NodeKind } from './engine/node-kind.ts';
import { end } from './nodes/end/definition.ts';
import { message } from './nodes/message/definition.ts';
import { question } from './nodes/question/definition.ts';

/** Every node type there is, in the order of the palette. A new one is its folder and a line here (and one in registry.editor.tsx). */
export const NODE_KINDS: readonly NodeKind[] = [message, question, end];

const byKind = new Map(NODE_KINDS.map((kind) => [kind.kind, kind]));

/** The node type of that name, or undefined. */
export const nodeKind = (kind: string): NodeKind | undefined => byKind.get(kind);
