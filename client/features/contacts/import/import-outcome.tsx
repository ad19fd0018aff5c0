import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ContactsImported } from '#shared/api/contact-imports.ts';
import { downloadText } from '../../../lib/download.ts';
import { counted, wholeNumber } from '../../../lib/format/number.ts';
import { type Fact, Facts } from '../../../ui/facts.tsx';
import { type ImportTable, refusedCsv } from './import-table.ts';

const SHOWN = 50;

export interface ImportOutcomeProps {
  table: ImportTable;
  outcome: ContactsImported;
  /** Whether it has happened, or would. */
  done: boolean;
}

/** What an import does, or did: who is new, what became of the consent, and the rows that are left out. */
export function ImportOutcome({ table, outcome, done }: ImportOutcomeProps) {
  const { problems } = outcome;
  return (
    <Stack gap="md">
      <Facts facts={factsOf(outcome)} />
      {problems.length > 0 && (
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="sm" fw={500}>
              {counted(problems.length, 'row')} {done ? 'left out' : 'will be left out'}
            </Text>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              onClick={() => downloadText(refusedCsv(table, problems), 'left-out.csv')}
            >
              Download these rows
            </Button>
          </Group>
          <Table.ScrollContainer minWidth={440} maxHeight={220}>
            <Table verticalSpacing={4} aria-label="Rows left out">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={70}>Line</Table.Th>
                  <Table.Th>Column</Table.Th>
                  <Table.Th>What is wrong</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {problems.slice(0, SHOWN).map(({ row, column, problem }) => (
                  <Table.Tr key={row}>
                    <Table.Td className="tabular">{wholeNumber(table.rows[row]?.line ?? row + 1)}</Table.Td>
                    <Table.Td>{titleOf(table, column)}</Table.Td>
                    <Table.Td>{problem}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {problems.length > SHOWN && (
            <Text size="xs" c="dimmed">
              The first {SHOWN} are shown. The file has all of them.
            </Text>
          )}
        </Stack>
      )}
    </Stack>
  );
}

function factsOf({ added, known, repeated, consent }: ContactsImported): Fact[] {
  const facts = [
    { label: 'New contacts', value: added, always: true },
    { label: 'Known already', value: known, always: true },
    { label: 'Repeated rows', value: repeated },
    { label: 'Agreed', value: consent?.confirmed, always: consent !== null },
    { label: 'On it already', value: consent?.already },
    { label: 'Said STOP', value: consent?.stopped, note: 'They stay stopped.' },
    { label: 'Left the list', value: consent?.revoked, note: 'Only they can come back.' },
    {
      label: 'Not proved',
      value: consent?.unproven,
      note: 'The list asks for more than this. Let them join it themselves.',
    },
  ];
  return facts.flatMap(({ label, value = 0, always = false, note }) =>
    value > 0 || always
      ? [{ label, value: note === undefined ? wholeNumber(value) : `${wholeNumber(value)} · ${note}` }]
      : [],
  );
}

/** A column as the file calls it. */
function titleOf({ columns }: ImportTable, column: string): string {
  const found = columns.find(({ use, field }) => (use === 'field' ? `fields.${field}` : use) === column);
  return found?.title ?? column;
}
