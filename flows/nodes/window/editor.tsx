import {
  ActionIcon,
  Button,
  Chip,
  Group,
  Input,
  Paper,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconClockHour9, IconPlus, IconTrash } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type WindowConfig, window as windowNode, windowConfig } from './definition.ts';
import { dayWords } from './week.ts';

type Span = WindowConfig['hours'][number];

/** The card and form of "Check the hour". */
export const windowEditor = defineEditor(windowNode, windowConfig, {
  icon: IconClockHour9,
  Body: ({ config }) => (
    <Gist>
      {config.wait ? 'Waits for ' : null}
      <b>{config.hours.map(({ days, from, to }) => `${dayWords(days)} ${from}–${to}`).join('; ')}</b>,{' '}
      {config.zone === 'contact' ? 'their time' : `in ${config.zone.split('/').at(-1)?.replaceAll('_', ' ')}`}
    </Gist>
  ),
  Form: WindowForm,
});

function WindowForm({ config, onChange, issues }: FormProps<WindowConfig>) {
  const { readOnly } = useSurroundings();
  const put = (hours: Span[]) => onChange({ ...config, hours });
  return (
    <>
      <Input.Wrapper label="Open">
        <Stack gap="xs" mt={4}>
          {config.hours.map((span, index) => (
            <SpanFields
              // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
              key={index}
              value={span}
              index={index}
              count={config.hours.length}
              issues={issues}
              onChange={(next) => put(config.hours.map((one, at) => (at === index ? next : one)))}
              onRemove={() => put(config.hours.filter((_, at) => at !== index))}
            />
          ))}
          {readOnly || config.hours.length >= 14 ? null : (
            <Button
              variant="light"
              size="xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => put([...config.hours, { days: [6], from: '10:00', to: '14:00' }])}
            >
              Add hours
            </Button>
          )}
        </Stack>
      </Input.Wrapper>
      <TagsInput
        label="Closed on"
        value={config.closed}
        onChange={(closed) => onChange({ ...config, closed })}
        placeholder={config.closed.length === 0 ? '12-25, 2026-05-04' : undefined}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        readOnly={readOnly}
        {...fieldProps(issues, 'closed', 'A day of every year, or one date.')}
      />
      <Select
        label="Whose clock counts"
        data={zoneChoices(config.zone)}
        value={config.zone}
        onChange={(zone) => zone && onChange({ ...config, zone })}
        searchable
        allowDeselect={false}
        readOnly={readOnly}
        {...fieldProps(
          issues,
          'zone',
          config.zone === 'contact'
            ? 'By the contact’s field timeZone, else by the country of their number; where it has several zones, it must be open in all of them.'
            : undefined,
        )}
      />
      <Switch
        label="Wait until it is open"
        checked={config.wait}
        disabled={readOnly}
        onChange={(event) => onChange({ ...config, wait: event.currentTarget.checked })}
      />
    </>
  );
}

const zoneChoices = (current: string): { value: string; label: string }[] => {
  const zones = Intl.supportedValuesOf('timeZone');
  const known = current === 'contact' || zones.includes(current) ? zones : [current, ...zones];
  return [
    { value: 'contact', label: 'The contact’s own' },
    ...known.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
  ];
};

const WEEK = [1, 2, 3, 4, 5, 6, 0];

interface SpanFieldsProps {
  value: Span;
  index: number;
  count: number;
  issues: FormProps<WindowConfig>['issues'];
  onChange: (span: Span) => void;
  onRemove: () => void;
}

function SpanFields({ value, index, count, issues, onChange, onRemove }: SpanFieldsProps) {
  const { readOnly } = useSurroundings();
  const name = `${dayWords(value.days)} ${value.from}–${value.to}`;
  return (
    <Paper withBorder p="xs" component="fieldset" m={0} aria-label={name}>
      <Chip.Group
        multiple
        value={value.days.map(String)}
        onChange={(days) =>
          readOnly || onChange({ ...value, days: WEEK.filter((day) => days.includes(String(day))) })
        }
      >
        <Group gap={4}>
          {WEEK.map((day) => (
            <Chip key={day} value={String(day)} size="xs" variant="light" disabled={readOnly}>
              {dayWords([day])}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="xs" mt="xs" wrap="nowrap" align="start">
        {(['from', 'to'] as const).map((key) => (
          <TextInput
            key={key}
            type="time"
            aria-label={key === 'from' ? 'From' : 'Until'}
            size="xs"
            value={value[key] === '24:00' ? '00:00' : value[key]}
            onChange={(event) => onChange({ ...value, [key]: event.currentTarget.value })}
            readOnly={readOnly}
            flex={1}
            {...fieldProps(issues, `hours.${index}.${key}`)}
          />
        ))}
        {readOnly ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name}`}
            disabled={count === 1}
            onClick={onRemove}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
    </Paper>
  );
}
