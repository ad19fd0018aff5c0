import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconForms } from '@tabler/icons-react';
import { AskingForm } from '../../editor-kit/asking-form.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type CollectConfig, collect, collectConfig } from './definition.ts';
import { POSTCODE_COUNTRIES } from './read-postcode.ts';
import type { Wanted } from './wanted.ts';
import { WANTED_KINDS, wordsFor } from './usual-words.ts';

/** The card and form of "Collect a detail". */
export const collectEditor = defineEditor(collect, collectConfig, {
  icon: IconForms,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: CollectForm,
});

function CollectForm(props: FormProps<CollectConfig>) {
  const { config, onChange, issues } = props;
  const { readOnly } = useSurroundings();
  return (
    <>
      <Select
        label="What to collect"
        data={WANTED_KINDS}
        value={config.wanted.kind}
        onChange={(next) => {
          const kind = WANTED_KINDS.find(({ value }) => value === next)?.value;
          if (kind && kind !== config.wanted.kind) onChange({ ...config, ...wordsFor(kind) });
        }}
        allowDeselect={false}
        readOnly={readOnly}
      />
      <WantedFields
        value={config.wanted}
        onChange={(wanted) => onChange({ ...config, wanted })}
        issues={issues}
      />
      <AskingForm
        {...props}
        text={{ label: 'Question' }}
        saveAs={{ label: 'Remember it as', usual: '…', optional: false }}
        kept={
          <Switch
            label={`Keep it with the contact, for other flows as well`}
            checked={config.field !== undefined}
            disabled={readOnly}
            onChange={(event) =>
              onChange({ ...config, field: event.currentTarget.checked ? config.saveAs : undefined })
            }
          />
        }
      />
    </>
  );
}

interface WantedFieldsProps {
  value: Wanted;
  onChange: (wanted: Wanted) => void;
  issues: FormProps<CollectConfig>['issues'];
}

function WantedFields({ value, onChange, issues }: WantedFieldsProps) {
  const { readOnly } = useSurroundings();
  switch (value.kind) {
    case 'number':
      return (
        <>
          {(['least', 'most'] as const).map((key) => (
            <NumberInput
              key={key}
              label={key === 'least' ? 'From' : 'Up to'}
              placeholder="any"
              value={value[key] ?? ''}
              onChange={(next) => onChange({ ...value, [key]: next === '' ? undefined : Number(next) })}
              readOnly={readOnly}
              {...fieldProps(issues, `wanted.${key}`)}
            />
          ))}
        </>
      );
    case 'date':
      return (
        <>
          {(['from', 'to'] as const).map((key) => (
            <TextInput
              key={key}
              label={key === 'from' ? 'Not before' : 'Not after'}
              placeholder={key === 'from' ? 'today' : '-18y'}
              value={value[key] ?? ''}
              onChange={(event) =>
                onChange({ ...value, [key]: event.currentTarget.value.trim() || undefined })
              }
              readOnly={readOnly}
              {...fieldProps(issues, `wanted.${key}`, 'A date, today, or a distance such as +30d or -18y.')}
            />
          ))}
        </>
      );
    case 'phone':
      return (
        <TextInput
          label="Country of numbers without +"
          placeholder="The person's own"
          value={value.country ?? ''}
          onChange={(event) =>
            onChange({ ...value, country: event.currentTarget.value.trim().toUpperCase() || undefined })
          }
          readOnly={readOnly}
          {...fieldProps(issues, 'wanted.country')}
        />
      );
    case 'postcode':
      return (
        <Select
          label="Postcodes of"
          placeholder="The person's own country"
          data={[...POSTCODE_COUNTRIES]}
          value={value.country ?? null}
          onChange={(next) =>
            onChange({ ...value, country: POSTCODE_COUNTRIES.find((country) => country === next) })
          }
          clearable
          searchable
          readOnly={readOnly}
        />
      );
    default:
      return null;
  }
}
