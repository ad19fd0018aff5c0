import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contactQuery } from '../../lib/queries/contact-queries.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { Conversation } from '../../ui/texts/conversation.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ConsentBadges } from './consent-badges.tsx';
import { ConsentCard } from './consent-card.tsx';
import classes from './contacts.module.css';
import { FieldsCard } from './fields-card.tsx';
import { ReachButtons } from './reach-buttons.tsx';
import { PersonActions } from './person-actions.tsx';
import { RunsCard } from './runs-card.tsx';
import { TagsCard } from './tags-card.tsx';

const route = getRouteApi('/shell/contacts/$contactId');

/** One person: the conversation, what is known of them, what they agreed to, and where they stand. */
export function ContactPage() {
  const { contactId } = route.useParams();
  const { data: contact, error, refetch } = useQuery(contactQuery(contactId));
  if (error || !contact)
    return (
      <PagePending
        what="contact"
        back={<BackLink to="/contacts">Contacts</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/contacts">Contacts</BackLink>}
        title={contact.name ?? formatPhone(contact.phone)}
        beside={<ConsentBadges contact={contact} full />}
        actions={
          <>
            <ReachButtons contact={contact} />
            <PersonActions contact={contact} />
          </>
        }
        description={
          <>
            {contact.name !== null && (
              <>
                <PhoneNumber phone={contact.phone} /> ·{' '}
              </>
            )}
            {contact.name === null ? 'First' : 'first'} seen <RelativeTime at={contact.createdAt} />
          </>
        }
      />
      <div className={classes.columns}>
        <Conversation contactId={contact.id} />
        <Stack>
          <RunsCard contact={contact} />
          <TagsCard contact={contact} />
          <FieldsCard contact={contact} key={contact.id} />
          <ConsentCard contact={contact} />
        </Stack>
      </div>
    </Page>
  );
}
