import { Button, Skeleton, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { flowsQuery, templatesQuery } from '../../lib/queries/flow-queries.ts';
import { unusedName } from '../../lib/unused-name.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TemplateColumns } from '../../ui/template-choice/template-columns.tsx';
import { TemplateFoot } from '../../ui/template-choice/template-foot.tsx';
import { useTemplateChoice } from '../../ui/template-choice/use-template-choice.ts';
import type { StartProps } from './start.ts';

/** Chooses a finished conversation to start from, and shows what people will read. */
export function StartFromTemplate(props: StartProps) {
  const { data, error, refetch } = useQuery(templatesQuery);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} />;
  const [first] = data;
  return first ? (
    <TemplateForm {...props} templates={data} first={first} />
  ) : (
    <Text>There are no templates.</Text>
  );
}

/** Among this many flows a name is looked for that none of them has. */
const MOST_FLOWS = 100;

interface TemplateFormProps extends StartProps {
  templates: readonly FlowTemplate[];
  first: FlowTemplate;
}

function TemplateForm({ templates, first, busy, onCreate }: TemplateFormProps) {
  const choice = useTemplateChoice(templates, first);
  const [name, setName] = useState('');
  const { data: flows } = useQuery(flowsQuery({ size: MOST_FLOWS }));
  const title = unusedName(choice.chosen.title, new Set(flows?.items.map((flow) => flow.name)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choice.take(({ id }, keyword) =>
          onCreate({
            name: name.trim() || title,
            template: id,
            ...(keyword === null ? {} : { keyword }),
          }),
        );
      }}
    >
      <TemplateColumns choice={choice} />
      <TemplateFoot>
        <TextInput
          flex={1}
          label="Name of the flow"
          placeholder={title}
          maxLength={120}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          Create flow
        </Button>
      </TemplateFoot>
    </form>
  );
}
