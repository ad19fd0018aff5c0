import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { nameWord, sayWord } from '#flows/definition/change-word.ts';
import type { TranscriptLine } from '#flows/engine/transcript.ts';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { SpokenLine } from '../texts/spoken-line.tsx';

export interface TemplatePreviewProps {
  template: FlowTemplate;
  /** The word that the flow is to start with. */
  word: string;
}

/** The first of the conversations that a template is held to by its tests, as the person's phone shows it. */
export function TemplatePreview({ template, word }: TemplatePreviewProps) {
  const { data: lines } = useQuery({
    queryKey: ['templates', template.id, 'conversation'],
    queryFn: () => conversationOf(template.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (lines === undefined) return <Skeleton height={240} />;
  return (
    <Stack gap={8} role="img" aria-label={`A conversation with ${template.title}`}>
      {withWord(lines, template.keyword, word).map((line, index) => (
        // A conversation never changes, so a line's place is its name.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <SpokenLine key={index} line={line} />
      ))}
    </Stack>
  );
}

function withWord(
  lines: readonly TranscriptLine[],
  old: string | null,
  word: string,
): readonly TranscriptLine[] {
  if (old === null || word === '' || word === old) return lines;
  return sayWord(lines, old, word).map((line) =>
    'hears' in line ? { hears: nameWord(line.hears, old, word) } : line,
  );
}

// Templates are a good deal of text; they come when somebody looks at them.
async function conversationOf(id: string): Promise<readonly TranscriptLine[]> {
  const { TEMPLATES } = await import('#flows/templates/index.ts');
  return TEMPLATES.find((template) => template.id === id)?.conversations[0]?.lines ?? [];
}
