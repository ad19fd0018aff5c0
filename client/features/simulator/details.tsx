import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { formatPhone } from '#shared/sms/phone.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { ContactFields } from './contact-fields.tsx';
import { Faults } from './faults.tsx';
import classes from './simulator.module.css';

/** Who holds the phone, what the flow knows about them, and which version of a test they met. */
export function Details() {
  const person = useRehearsal((state) => state.person);
  const languages = useRehearsal((state) => state.flow?.compiled.definition.languages);
  const run = useRehearsal((state) => state.run);
  const consents = useRehearsal((state) => state.consents);
  return (
    <Stack gap="md" className={classes.details}>
      <section>
        <Group justify="space-between" wrap="nowrap">
          <Title order={3}>Person</Title>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconUserShare size={14} />}
            onClick={() => rehearsal.setPerson({ ...person, phone: nextNumber(person.phone) })}
          >
            Another person
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {formatPhone(person.phone)}
        </Text>
        {languages && languages.length > 1 ? (
          <Select
            mt="xs"
            size="xs"
            label="Language"
            data={languages}
            value={person.language ?? languages[0] ?? null}
            onChange={(language) => rehearsal.setPerson({ ...person, language })}
            allowDeselect={false}
          />
        ) : null}
      </section>
      <ContactFields
        fields={person.fields}
        onChange={(fields) => rehearsal.setPerson({ ...person, fields })}
      />
      <Faults />
      <Facts title="Answers" facts={run?.position.context.answers ?? {}} none="Nothing was answered yet." />
      <Facts title="Versions of tests" facts={run?.position.context.arms ?? {}} none="No A/B test was met." />
      <Facts title="Lists" facts={consents} none="No list was joined." />
    </Stack>
  );
}

function Facts({
  title,
  facts,
  none,
}: {
  title: string;
  facts: Readonly<Record<string, unknown>>;
  none: string;
}) {
  const entries = Object.entries(facts);
  return (
    <section>
      <Title order={3}>{title}</Title>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <dl className={classes.facts}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{String(value ?? '—')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** The next of the hundred numbers that are kept free for stories. */
function nextNumber(phone: string): string {
  const last = (Number(phone.slice(-2)) + 1) % 100;
  return `${phone.slice(0, -2)}${String(last).padStart(2, '0')}`;
}
