import { type ReactNode, useState } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import { print } from '#flows/definition/print.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { slugify } from '#shared/ids.ts';
import { downloadJson } from '../../lib/download.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { chooseFile, importFlow } from './import-flow.ts';
import { ImportProblem } from './import-problem.tsx';
import { TemplatePicker } from './panels/template-picker.tsx';
import type { Editor } from './store/editor.ts';

export interface FlowFiles {
  actions: { onExport: () => void; onImport: () => void; onTemplate: () => void };
  dialogs: ReactNode;
}

/** Whole drawings in and out: export, import, templates. What comes in replaces the drawing and can be undone; `onTaken` shows it. */
export function useFlowFiles(editor: Editor, onTaken: () => void): FlowFiles {
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [picking, setPicking] = useState(false);
  const take = (label: string, definition: Definition) => {
    const { name, nodes } = editor.store.getState().definition;
    editor.replace(label, { ...definition, name });
    onTaken();
    if (nodes.length > 0) notifyDone(`${label}: done.`, editor.undo);
  };
  return {
    actions: {
      onExport() {
        const { definition } = editor.store.getState();
        downloadJson(JSON.parse(print(definition)), `${slugify(definition.name, 'flow')}.json`);
      },
      onImport() {
        void chooseFile().then(async (file) => {
          if (!file) return;
          const read = await importFlow(file);
          if ('nodes' in read) take('Import a file', read);
          else setIssues(read);
        });
      },
      onTemplate: () => setPicking(true),
    },
    dialogs: (
      <>
        <ImportProblem issues={issues} onClose={() => setIssues([])} />
        <TemplatePicker
          opened={picking}
          onClose={() => setPicking(false)}
          onPick={(template) => {
            const { definition, issues: found } = parse(template);
            setPicking(false);
            if (definition === null) setIssues(found);
            else take('Start from a template', definition);
          }}
        />
      </>
    ),
  };
}
