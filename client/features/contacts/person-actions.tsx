import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots, IconEraser, IconFileCertificate, IconTable } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Contact } from '#shared/api/contacts.ts';
import { eraseContact } from '../../lib/api/contacts.ts';
import { downloadFrom } from '../../lib/download.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { askFirst } from '../../ui/confirm.tsx';

/** What is done seldom with a person: the proof of their consent as a file, and forgetting them. */
export function PersonActions({ contact: { id, name, phone } }: { contact: Contact }) {
  const navigate = useNavigate();
  const may = useMay('compliance');
  const download = useMutation({
    mutationFn: (file: 'consent' | 'consent.csv') =>
      downloadFrom(`/api/contacts/${id}/${file}`, `consent-${phone}.${file === 'consent' ? 'json' : 'csv'}`),
    onError: notifyError,
  });
  const erase = useChange(() => eraseContact(id), {
    touches: [[...CONTACTS_KEY, 'list']],
    onDone: () => {
      notifyDone('Erased. What they stopped stays stopped.');
      void navigate({ to: '/contacts' });
    },
  });
  if (!may) return null;
  const askToErase = () =>
    askFirst({
      title: `Erase ${name ?? formatPhone(phone)}?`,
      children: (
        <>
          <Text mb="xs">
            Their texts, fields, tags and the words of their consent are destroyed, conversations end, and
            what is queued is taken back. This cannot be undone.
          </Text>
          <Text>
            Of the number stays a print that nobody can read, so that what they stopped stays stopped. Texts
            counted in results stay counted.
          </Text>
        </>
      ),
      confirm: 'Erase for good',
      onConfirm: () => erase.mutate(),
    });
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="More"
          loading={download.isPending || erase.isPending}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconTable size={16} />} onClick={() => download.mutate('consent.csv')}>
          Proof of consent, as CSV
        </Menu.Item>
        <Menu.Item leftSection={<IconFileCertificate size={16} />} onClick={() => download.mutate('consent')}>
          Proof of consent, as JSON
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconEraser size={16} />} color="red" onClick={askToErase}>
          Erase this person…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
