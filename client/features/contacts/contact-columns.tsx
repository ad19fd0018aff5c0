import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ContactSummary } from '#shared/api/contacts.ts';
import { languageName } from '#shared/languages.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import type { Column } from '../../ui/tables/column.ts';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ConsentBadges } from './consent-badges.tsx';
import classes from './contacts.module.css';

/** What the list of contacts says about each. */
export const CONTACT_COLUMNS: readonly Column<ContactSummary>[] = [
  {
    key: 'person',
    header: 'Contact',
    cell: (contact) => (
      <>
        <Link to="/contacts/$contactId" params={{ contactId: contact.id }} data-row-link dir="auto">
          {contact.name ?? formatPhone(contact.phone)}
        </Link>
        {contact.name !== null && (
          <Text size="xs" c="dimmed">
            <PhoneNumber phone={contact.phone} />
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'consent',
    header: 'Agreed to',
    width: 360,
    cell: (contact) => <ConsentBadges contact={contact} />,
  },
  {
    key: 'tags',
    header: 'Tags',
    width: 160,
    wide: true,
    cell: ({ tags }) => (
      <Group gap={4}>
        {tags.slice(0, 2).map((tag) => (
          <Link key={tag} to="/contacts" search={{ tag }} className={classes.tag}>
            {tag}
          </Link>
        ))}
        {tags.length > 2 ? (
          <Text size="xs" c="dimmed">
            +{tags.length - 2}
          </Text>
        ) : null}
      </Group>
    ),
  },
  {
    key: 'language',
    header: 'Language',
    width: 100,
    wide: true,
    cell: ({ language }) => (
      <Text c={language === null ? 'dimmed' : undefined}>
        {language === null ? '–' : languageName(language)}
      </Text>
    ),
  },
  {
    key: 'last',
    header: 'Last text',
    width: 110,
    cell: ({ lastTextAt }) => (
      <Text size="sm" c="dimmed">
        {lastTextAt === null ? 'Never' : <RelativeTime at={lastTextAt} />}
      </Text>
    ),
  },
  {
    key: 'since',
    header: 'Since',
    width: 110,
    wide: true,
    cell: ({ createdAt }) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={createdAt} />
      </Text>
    ),
  },
];
