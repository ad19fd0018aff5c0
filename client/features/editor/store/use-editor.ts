import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from './editor.ts';

export const EditorContext = createContext<Editor | null>(null);

/** The editor around; only used inside it. */
export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('This part belongs inside an editor.');
  return editor;
}

/** Reads from the draft being edited. */
export const useEditorState = <Slice>(select: (state: EditorState) => Slice): Slice =>
  useStore(useEditor().store, select);
