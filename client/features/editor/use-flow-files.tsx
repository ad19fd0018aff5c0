import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SavedConversation } from '#shared/api/conversations.ts';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { startWith } from '#flows/definition/change-word.ts';
import { writeFlowFile } from '#flows/definition/flow-file.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import { print } from '#flows/definition/print.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { slugify } from '#shared/ids.ts';
import { downloadJson } from '../../lib/download.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { worldsQuery } from '../../lib/queries/flow-queries.ts';
import { placedAside } from './canvas/placed-aside.ts';
import type { Golden } from './golden/use-golden.ts';
import { chooseFile, importFlow } from './import-flow.ts';
import { ImportProblem } from './import-problem.tsx';
import type { Provide } from './needs/use-provide.ts';
import { TemplatePicker } from './panels/template-picker.tsx';
import type { DraftProof } from './proof/use-proof.ts';
import type { Editor } from './store/editor.ts';

export interface FlowFiles {
  actions: { onExport: () => void; onImport: () => void; onTemplate: () => void };
  dialogs: ReactNode;
}

export interface FlowFilesOptions {
  flowId: string;
  editor: Editor;
  golden: Golden;
  provide: Provide;
  hear: DraftProof['hearIn'];
  /** Shows what came in. */
  onTaken: () => void;
}

/** Whole drawings in and out with their conversations: export, import, templates. What comes in replaces what is there and can be undone. */
export function useFlowFiles({
  flowId,
  editor,
  golden,
  provide,
  hear,
  onTaken,
}: FlowFilesOptions): FlowFiles {
  const { data: worlds } = useQuery(worldsQuery(flowId));
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [picking, setPicking] = useState(false);
  // A template's conversations are saved as they read with this workspace's own program.
  const hearing = useMutation({
    mutationFn: async ({ definition, conversations }: ReturnType<typeof startWith<SavedConversation>>) => {
      const { results } = await hear(definition, conversations);
      return conversations.map((one, at) => ({ ...one, lines: results[at]?.happened ?? one.lines }));
    },
    networkMode: 'always',
    onError: notifyError,
  });

  const take = (label: string, definition: Definition, conversations: SavedConversation[] | null) => {
    const { name, nodes } = editor.store.getState().definition;
    editor.replace(label, { ...definition, name });
    onTaken();
    if (nodes.length > 0) notifyDone(`${label}: done.`, editor.undo);
    if (conversations) golden.change(() => conversations, 'The saved conversations came along.');
  };
  /** Whoever closes the dialog before the conversations were heard has chosen nothing. */
  const endPicking = () => {
    hearing.reset();
    setPicking(false);
  };
  const takeTemplate = (template: FlowTemplate, keyword: string | null) => {
    const { definition: drawn, issues: found } = parse(template.definition);
    if (drawn === null) {
      endPicking();
      setIssues(found);
      return;
    }
    const started = startWith(drawn, template.conversations, keyword);
    hearing.mutate(started, {
      onSuccess(heard) {
        setPicking(false);
        provide.add(template.needs);
        take('Start from a template', started.definition, heard);
      },
    });
  };

  return {
    actions: {
      onExport() {
        const { definition } = editor.store.getState();
        const file = writeFlowFile(
          Object(JSON.parse(print(definition))),
          golden.conversations ?? [],
          worlds?.[0],
        );
        downloadJson(file, `${slugify(definition.name, 'flow')}.json`);
      },
      onImport() {
        void chooseFile().then(async (file) => {
          if (!file) return;
          const read = await importFlow(file);
          if ('definition' in read)
            take('Import a file', await placedAside(read.definition), read.conversations);
          else setIssues(read);
        });
      },
      onTemplate: () => setPicking(true),
    },
    dialogs: (
      <>
        <ImportProblem issues={issues} onClose={() => setIssues([])} />
        <TemplatePicker
          flowId={flowId}
          opened={picking}
          busy={hearing.isPending}
          onClose={endPicking}
          onPick={takeTemplate}
        />
      </>
    ),
  };
}
