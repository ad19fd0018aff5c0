import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey, MadeApiKey } from '#shared/api/api-keys.ts';
import { listApiKeys, removeApiKey } from '../../lib/api/api-keys.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { SETTINGS_KEY } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { askFirst } from '../../ui/confirm.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ApiKeyDialog } from './api-key-dialog.tsx';
import { MadeKeyDialog } from './made-key-dialog.tsx';
import { roleLabel } from './roles.ts';
import { SettingsList } from './settings-list.tsx';
import { TabHead } from './tab-head.tsx';

const apiKeysQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'api-keys'],
  queryFn: ({ signal }) => listApiKeys(signal),
});

/** Which programs use the API, and as whom. */
export function ApiKeysTab() {
  const isOwner = useMay('owner');
  if (isOwner) return <ApiKeyList />;
  return (
    <TabHead title="API keys">
      Owners make keys with which programs use the API. <ApiDocs />
    </TabHead>
  );
}

/** What programs can ask for, in a tab of its own: it is no page of the app. */
const ApiDocs = () => (
  <Anchor href="/api/docs" target="_blank" rel="noreferrer" underline="always" inherit>
    What the API can do
  </Anchor>
);

function ApiKeyList() {
  const query = useQuery(apiKeysQuery);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  return (
    <>
      <SettingsList<ApiKey>
        title="API keys"
        what="key"
        wordsOf={({ name, person, hint }) => `${name} ${person} ${hint}`}
        description={
          <>
            A program that starts flows or sends texts says who it is with a key. A key can do what its role
            may, as long as whoever made it may. <ApiDocs />
          </>
        }
        query={query}
        rowKey={({ id }) => id}
        add="Make key"
        empty={{
          icon: IconKey,
          title: 'No key yet',
          children: 'Make one for each program, so that it can be taken back alone.',
        }}
        columns={() => [
          {
            key: 'name',
            header: 'Key',
            sortBy: ({ name }) => name,
            cell: ({ name, hint }) => (
              <>
                <bdi style={{ fontWeight: 500 }}>{name}</bdi>
                <Text size="xs" c="dimmed" ff="monospace">
                  {hint}…
                </Text>
              </>
            ),
          },
          { key: 'role', header: 'Role', width: 120, cell: ({ role }) => roleLabel(role) },
          { key: 'person', header: 'Made by', cell: ({ person }) => <bdi>{person}</bdi> },
          {
            key: 'used',
            header: 'Last used',
            width: 130,
            cell: ({ usedAt }) => (
              <Text size="sm" c="dimmed">
                {usedAt === null ? 'never' : <RelativeTime at={usedAt} />}
              </Text>
            ),
          },
          {
            key: 'remove',
            header: 'Take back',
            hiddenHeader: true,
            width: 60,
            cell: (key) => <RemoveButton apiKey={key} />,
          },
        ]}
        dialog={({ close }) => (
          <ApiKeyDialog
            touches={apiKeysQuery.queryKey}
            onClose={close}
            onMade={(key) => {
              close();
              setMade(key);
            }}
          />
        )}
      />
      {made && <MadeKeyDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}

function RemoveButton({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const remove = useChange(() => removeApiKey(id), {
    touches: [apiKeysQuery.queryKey],
    onDone: () => notifyDone(`“${name}” was taken back.`),
  });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={`Take back ${name}`}
      loading={remove.isPending}
      onClick={() =>
        askFirst({
          title: `Take back “${name}”?`,
          children:
            'Programs that use it are refused at once. This cannot be undone; make a new key instead.',
          confirm: 'Take back key',
          onConfirm: () => remove.mutate(),
        })
      }
    >
      <IconTrash size={16} />
    </ActionIcon>
  );
}
