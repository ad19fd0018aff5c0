import { Button, Group, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAddressBook, IconFileImport, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withQuery } from '../../lib/api/http.ts';
import { listMoves } from '../../lib/list-moves.ts';
import { contactsQuery } from '../../lib/queries/contact-queries.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { FilterPill } from '../../ui/tables/filter-pill.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { AddContactDialog } from './add-contact-dialog.tsx';
import { CONTACT_COLUMNS } from './contact-columns.tsx';
import { ImportDialog } from './import/import-dialog.tsx';

const SIZE = 50;
const route = getRouteApi('/shell/contacts');

/** Everybody who ever texted, or was added by hand. */
export function ContactsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(contactsQuery({ ...filter, size: SIZE }));
  const { data: lists } = useQuery(listsQuery);
  const [adding, adder] = useDisclosure(false);
  const [importing, importer] = useDisclosure(false);
  const mayAdd = useMay('agent');
  const mayMoveFiles = useMay('compliance');
  const { change, toPage } = listMoves<typeof filter>(navigate);
  const filtered = filter.search !== undefined || filter.list !== undefined || filter.tag !== undefined;
  const addButton = mayAdd && (
    <Button leftSection={<IconUserPlus size={16} />} onClick={adder.open}>
      Add contact
    </Button>
  );
  const buttons = (
    <Group gap="xs">
      {mayMoveFiles && (
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={importer.open}>
          Import
        </Button>
      )}
      {addButton}
    </Group>
  );
  const exported = withQuery('/api/contacts/export', {
    search: filter.search,
    list: filter.list,
    tag: filter.tag,
  });
  return (
    <Page>
      <PageHeader
        title="Contacts"
        description="A contact is a phone number. It appears here with its first text; what it agreed to stands beside it."
        actions={buttons}
      />
      <ListToolbar
        placeholder="Search names and numbers"
        search={filter.search}
        onSearch={(search) => change({ search })}
        end={mayMoveFiles && <ExportButton path={exported} name="contacts.csv" />}
      >
        <Select
          aria-label="List"
          placeholder="Any list"
          w={190}
          clearable
          clearButtonProps={{ 'aria-label': 'Any list' }}
          value={filter.list ?? null}
          onChange={(list) => change({ list: list ?? undefined })}
          data={(lists ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        />
        {filter.tag !== undefined && (
          <FilterPill onClear={() => change({ tag: undefined })} clearLabel="Any tag">
            Tag: {filter.tag}
          </FilterPill>
        )}
      </ListToolbar>
      <PagedTable
        label="Contacts"
        columns={CONTACT_COLUMNS}
        query={query}
        rowKey={(contact) => contact.id}
        empty={
          filtered ? (
            <NothingFound
              what="contact"
              onClear={() => change({ search: undefined, list: undefined, tag: undefined })}
            />
          ) : (
            <EmptyState icon={IconAddressBook} title="Nobody has texted yet" action={addButton}>
              Everybody who texts one of your senders appears here by itself. Adding somebody by hand gives no
              consent: they get nothing until they ask for it.
            </EmptyState>
          )
        }
        page={filter.page ?? 1}
        size={SIZE}
        onPage={toPage}
      />
      {importing && <ImportDialog onClose={importer.close} />}
      <AddContactDialog opened={adding} onClose={adder.close} />
    </Page>
  );
}
