import { Text } from '@mantine/core';
import { IconHash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Keyword } from '#shared/api/keywords.ts';
import { keywordsQuery } from '../../lib/queries/settings-queries.ts';
import { KeywordPill } from '../../ui/keyword-pills.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { SettingsList } from './settings-list.tsx';

/** Every word people can text at present, and where it leads. */
export function KeywordsTab() {
  return (
    <SettingsList<Keyword>
      title="Keywords"
      what="keyword"
      wordsOf={wordsOf}
      description="The words people can text now. They belong to published flows and are changed there."
      query={useQuery(keywordsQuery)}
      rowKey={({ word, sender, flow, match, from, until, known }) =>
        [sender, word, match, flow.id, from, until, known].join(' ')
      }
      empty={{
        icon: IconHash,
        title: 'No keyword is live',
        children: 'Publish a flow with a keyword, and it stands here with the sender it answers on.',
      }}
      columns={() => COLUMNS}
    />
  );
}

const COLUMNS = [
  {
    key: 'word',
    header: 'Keyword',
    sortBy: (keyword: Keyword) => keyword.word,
    cell: ({ word }: Keyword) => <KeywordPill word={word} />,
  },
  {
    key: 'match',
    header: 'Counts when it',
    width: 190,
    cell: ({ match }: Keyword) => (
      <Text size="sm" c="dimmed">
        {MATCHES[match] ?? match}
      </Text>
    ),
  },
  {
    key: 'sender',
    header: 'On',
    sortBy: (keyword: Keyword) => keyword.sender,
    cell: ({ sender }: Keyword) => (sender === '*' ? 'Every sender' : <PhoneNumber phone={sender} />),
  },
  {
    key: 'medium',
    header: 'Seen on',
    sortBy: (keyword: Keyword) => keyword.medium ?? '',
    cell: ({ medium }: Keyword) => (
      <Text size="sm" c="dimmed">
        {medium ?? '–'}
      </Text>
    ),
  },
  {
    key: 'flow',
    header: 'Starts',
    sortBy: (keyword: Keyword) => keyword.flow.name,
    cell: ({ flow }: Keyword) => (
      <Link to="/flows/$flowId" params={{ flowId: flow.id }} data-row-link dir="auto">
        {flow.name}
      </Link>
    ),
  },
];

const MATCHES: Readonly<Record<string, string>> = {
  exact: 'is the whole text',
  'first-word': 'is the first word',
  'sub-keyword': 'is the first two words',
  phrase: 'stands in the text as a phrase',
  contains: 'stands anywhere in the text',
  pattern: 'fits the text, as a pattern',
  close: 'is the first word, typos forgiven',
};

const wordsOf = ({ word, sender, flow, medium }: Keyword): string =>
  `${word} ${sender} ${flow.name} ${medium ?? ''}`;
