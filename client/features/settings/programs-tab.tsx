import { Text } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Program } from '#shared/api/programs.ts';
import { languageName } from '#shared/languages.ts';
import { programsQuery } from '../../lib/queries/settings-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { ProgramDialog } from './program-dialog.tsx';
import { RowButton } from './row-button.tsx';
import { SettingsList } from './settings-list.tsx';

/** What senders are for: a brand, and what HELP, STOP and START are answered with. */
export function ProgramsTab() {
  const query = useQuery(programsQuery);
  const mayEdit = useMay('compliance');
  return (
    <SettingsList<Program>
      title="Programs"
      what="program"
      wordsOf={wordsOf}
      description="What a sender is for: the brand people know you by, and what HELP, STOP and START are answered with. STOP ends everything of a program."
      query={query}
      rowKey={({ id }) => id}
      add={mayEdit && 'Add program'}
      empty={{
        icon: IconSpeakerphone,
        title: 'No program yet',
        children:
          'Every sender belongs to a program. Its words are ready for each country; you only name your brand.',
      }}
      columns={(edit) => [
        {
          key: 'name',
          header: 'Program',
          sortBy: ({ name }) => name,
          cell: (program) => (
            <RowButton allowed={mayEdit} onClick={() => edit(program)}>
              {program.name}
            </RowButton>
          ),
        },
        {
          key: 'brand',
          header: 'Brand',
          sortBy: ({ brand }) => brand,
          cell: ({ brand }) => <bdi>{brand}</bdi>,
        },
        { key: 'language', header: 'Language', width: 110, cell: ({ language }) => languageName(language) },
        {
          key: 'words',
          header: 'Words for HELP, STOP, START',
          cell: (program) => (
            <Text size="sm" c="dimmed">
              {ownWords(program)}
            </Text>
          ),
        },
      ]}
      dialog={({ row, close }) => <ProgramDialog program={row} onClose={close} />}
    />
  );
}

function ownWords({ helpText, stopText, startText, agentText, closedText }: Program): string {
  const texts = {
    HELP: helpText,
    STOP: stopText,
    START: startText,
    AGENT: agentText,
    'closed keywords': closedText,
  };
  const own = Object.entries(texts).flatMap(([word, text]) => (text ? [word] : []));
  return own.length === 0 ? 'The country’s standard words' : `Your own for ${own.join(', ')}`;
}

const wordsOf = ({ name, brand }: Program): string => `${name} ${brand}`;
