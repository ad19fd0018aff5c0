import { Card, TagsInput, Title } from '@mantine/core';
import { slugify } from '#shared/ids.ts';
import type { Contact } from '#shared/api/contacts.ts';
import { changeContact } from '../../lib/api/contacts.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';

/** The words that flows and people have put on somebody. Each change is kept at once. */
export function TagsCard({ contact: { id, tags } }: { contact: Contact }) {
  const mayEdit = useMay('agent');
  const save = useChange((next: string[]) => changeContact(id, { tags: next }), { touches: [CONTACTS_KEY] });
  return (
    <Card component="section" aria-label="Tags">
      <Title order={2} size="h3" mb="sm">
        Tags
      </Title>
      <TagsInput
        aria-label="Tags"
        size="xs"
        value={save.isPending && save.variables ? save.variables : tags}
        onChange={(words) => save.mutate([...new Set(words.map((word) => slugify(word)))])}
        placeholder={mayEdit && tags.length === 0 ? 'vip, coffee' : undefined}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        maxTags={50}
        readOnly={!mayEdit}
      />
    </Card>
  );
}
