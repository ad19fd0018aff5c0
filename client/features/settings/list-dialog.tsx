import { MultiSelect, NumberInput, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type ContactList, type SaveContactList, saveListSchema } from '#shared/api/settings.ts';
import { slugify } from '#shared/ids.ts';
import { changeList, createList } from '../../lib/api/settings.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { SETTINGS_KEY } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { COUNTRY_OPTIONS } from '../../lib/countries.ts';
import { DialogForm } from './dialog-form.tsx';
import { numberOrNull } from './number-or-null.ts';

/** Adds a list or changes it. Its key is made from the name once, and stays. */
export function ListDialog({ list, onClose }: { list: ContactList | null; onClose: () => void }) {
  const form = useForm<SaveContactList>({
    initialValues: {
      key: list?.key ?? '',
      name: list?.name ?? '',
      optIn: list?.optIn ?? 'double',
      countries: list?.countries ?? {},
      lastsDays: list?.lastsDays ?? null,
      asksHours: list ? list.asksHours : 72,
    },
    validate: (values) => schemaResolver(saveListSchema, { sync: true })(withKey(values)),
  });
  const save = useChange(
    (input: SaveContactList) => (list ? changeList(list.key, input) : createList(input)),
    {
      touches: [SETTINGS_KEY],
      onDone: onClose,
      onRefused: refusalInto(form),
    },
  );
  return (
    <DialogForm
      title={list ? list.name : 'Add list'}
      submit={list ? 'Save' : 'Add list'}
      busy={save.isPending}
      onSubmit={form.onSubmit((values) => save.mutate(withKey(values)))}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Offers" data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label="Key"
        description={
          list
            ? 'It stays: flows name the list by it.'
            : 'What flows and the API call it. It can’t be changed later.'
        }
        placeholder={slugify(form.values.name, 'offers')}
        disabled={list !== null}
        {...form.getInputProps('key')}
      />
      <Radio.Group label="How people join" {...form.getInputProps('optIn')}>
        <Stack gap="xs" mt={6}>
          <Radio
            value="double"
            label="They text, then confirm with YES"
            description="Proof that holds in every country; the only way in Germany."
          />
          <Radio
            value="single"
            label="One text is enough"
            description="Texting the keyword is the consent."
          />
        </Stack>
      </Radio.Group>
      {form.values.optIn === 'single' && (
        <MultiSelect
          label="Countries where people always confirm with YES"
          description="By the country of their number."
          placeholder={Object.keys(form.values.countries).length === 0 ? 'None' : undefined}
          searchable
          data={COUNTRY_OPTIONS}
          value={Object.keys(form.values.countries)}
          onChange={(codes) =>
            form.setFieldValue(
              'countries',
              Object.fromEntries(codes.map((code) => [code, { optIn: 'double' as const }])),
            )
          }
        />
      )}
      <SimpleGrid cols={2} spacing="sm">
        <NumberInput
          label="A question lapses after"
          placeholder="Never"
          suffix=" hours"
          min={1}
          max={8_760}
          allowDecimal={false}
          {...form.getInputProps('asksHours')}
          value={form.values.asksHours ?? ''}
          onChange={(value) => form.setFieldValue('asksHours', numberOrNull(value))}
        />
        <NumberInput
          label="A consent lapses after"
          placeholder="Never"
          suffix=" days"
          min={1}
          max={3_650}
          allowDecimal={false}
          {...form.getInputProps('lastsDays')}
          value={form.values.lastsDays ?? ''}
          onChange={(value) => form.setFieldValue('lastsDays', numberOrNull(value))}
        />
      </SimpleGrid>
    </DialogForm>
  );
}

const withKey = (values: SaveContactList): SaveContactList => ({
  ...values,
  key: values.key || slugify(values.name, 'list'),
});
