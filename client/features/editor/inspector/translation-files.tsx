import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { error, type Issue } from '#flows/definition/issue.ts';
import type { OpenFlow } from '#flows/open.ts';
import { type Completeness, completeness } from '#flows/translations/completeness.ts';
import { fromPo, type Import, toPo } from '#flows/translations/exchange.ts';
import { slugify } from '#shared/ids.ts';
import { languageName } from '#shared/languages.ts';
import { downloadText } from '../../../lib/download.ts';
import { counted } from '../../../lib/format/number.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { chooseFile } from '../import-flow.ts';
import { ImportProblem } from '../import-problem.tsx';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import { useLiveFlow } from '../store/use-live-flow.ts';

/** How far the flow is translated, language by language, with the files that go to translators and come back. */
export function TranslationFiles({ readOnly }: { readOnly: boolean }) {
  const definition = useEditorState((state) => state.definition);
  const flow = useLiveFlow(definition);
  const [problems, setProblems] = useState<readonly Issue[]>([]);
  const languages = flow ? completeness(flow) : [];
  if (!flow || languages.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label="Translations">
      {languages.map((one) => (
        <LanguageFiles
          key={one.language}
          flow={flow}
          completeness={one}
          readOnly={readOnly}
          onProblem={(sentence) => setProblems([error('translation.file', sentence)])}
        />
      ))}
      <ImportProblem issues={problems} onClose={() => setProblems([])} />
    </Stack>
  );
}

interface LanguageFilesProps {
  flow: OpenFlow;
  completeness: Completeness;
  readOnly: boolean;
  onProblem: (sentence: string) => void;
}

function LanguageFiles({ flow, completeness, readOnly, onProblem }: LanguageFilesProps) {
  const editor = useEditor();
  const { language, total, translated, missing } = completeness;
  const name = languageName(language);
  const [next] = missing;
  const take = async () => {
    const file = await chooseFile('.po,.pot,text/x-gettext-translation');
    if (!file) return;
    const read = fromPo(await file.text(), flow, language);
    if ('problem' in read) return onProblem(read.problem);
    if (read.operations.length > 0) editor.edit(`Import ${languageName(read.language)}`, read.operations);
    notifyDone(importSentence(read), read.operations.length > 0 ? editor.undo : undefined);
  };
  return (
    <div>
      <Text size="sm">
        {name}: {translated} of {total} translated{' '}
        {next ? (
          <Anchor component="button" type="button" size="sm" onClick={() => editor.inspect(next.node)}>
            Go to the next
          </Anchor>
        ) : null}
      </Text>
      <Group gap="xs" mt={4}>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconDownload size={14} />}
          onClick={() =>
            downloadText(toPo(flow, language), `${slugify(flow.definition.name, 'flow')}-${language}.po`)
          }
        >
          For the translator
        </Button>
        {readOnly ? null : (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconUpload size={14} />}
            onClick={() => void take()}
          >
            Import {name}
          </Button>
        )}
      </Group>
    </div>
  );
}

function importSentence({ language, operations, outdated, leftOut }: Import): string {
  const taken = `${counted(operations.length, 'translation')} into ${languageName(language)} taken over.`;
  const old =
    outdated.length === 0
      ? ''
      : ` ${counted(outdated.length, 'text')} changed since the file was made, so ${outdated.length === 1 ? 'its translation was' : 'their translations were'} not.`;
  const rest = leftOut.length === 0 ? '' : ` ${counted(leftOut.length, 'entry', 'entries')} left out.`;
  return `${taken}${old}${rest}`;
}
