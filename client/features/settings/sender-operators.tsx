import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { OPERATORS } from '#shared/sms/countries/operators.ts';
import { COUNTRY_OPTIONS } from '../../lib/countries.ts';
import type { SenderValues } from './sender-values.ts';
import classes from './settings.module.css';

/** What a sender may send to single operators: carriers that cap a brand by the day, or take so many a second. */
export function SenderOperators({ form }: { form: UseFormReturnType<SenderValues> }) {
  const { operators, country } = form.values;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={600}>
          Mobile operators
        </Text>
        <Text size="xs" c="dimmed">
          Some mobile networks take only so many texts a second or a day; what is over that waits. Delivery
          reports tell whose network somebody is in; until one has, only their country’s limit counts.
        </Text>
      </div>
      {operators.length > 0 && (
        <Group gap="xs" wrap="nowrap" aria-hidden>
          <Text size="xs" c="dimmed" flex={2}>
            Operator or country
          </Text>
          <Text size="xs" c="dimmed" flex={1}>
            A second
          </Text>
          <Text size="xs" c="dimmed" flex={1}>
            A day
          </Text>
          <div className={classes.removeColumn} />
        </Group>
      )}
      {operators.map(({ operator }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place; nothing else is kept of them.
        <Group key={at} gap="xs" align="start" wrap="nowrap">
          <Select
            aria-label="Operator"
            placeholder="Choose"
            searchable
            allowDeselect={false}
            flex={2}
            data={choices(country, operator)}
            {...form.getInputProps(`operators.${at}.operator`)}
          />
          <NumberInput
            aria-label="Texts a second to this operator"
            placeholder="No limit"
            min={0}
            max={10000}
            flex={1}
            hideControls
            {...form.getInputProps(`operators.${at}.perSecond`)}
          />
          <NumberInput
            aria-label="Texts a day to this operator"
            placeholder="No limit"
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            flex={1}
            hideControls
            {...form.getInputProps(`operators.${at}.mostADay`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Remove this operator"
            onClick={() => form.removeListItem('operators', at)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {form.errors.operators ? (
        <Text size="xs" c="var(--mantine-color-error)">
          {form.errors.operators}
        </Text>
      ) : null}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'start' }}
        onClick={() => form.insertListItem('operators', { operator: '', perSecond: '', mostADay: '' })}
      >
        Limit an operator
      </Button>
    </Stack>
  );
}

/** The sender's own country first, with its operators; a network that was set by a program stays to be seen. */
function choices(country: string, chosen: string) {
  const own = OPERATORS.filter((one) => one.country === country);
  const others = OPERATORS.filter((one) => one.country !== country);
  const options = (operators: typeof OPERATORS) =>
    operators.map(({ id, name }) => ({ value: id, label: name }));
  return [
    ...(/^\d+$/.test(chosen)
      ? [{ group: 'Networks', items: [{ value: chosen, label: `Network ${chosen}` }] }]
      : []),
    ...(own.length > 0 ? [{ group: 'Operators of its country', items: options(own) }] : []),
    { group: 'Other operators', items: options(others) },
    ...COUNTRY_OPTIONS,
  ];
}
