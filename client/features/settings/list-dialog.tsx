import { NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type ContactList, type SaveContactList, saveListSchema } from '#shared/api/lists.ts';
import { slugify } from '#shared/ids.ts';
import { changeList, createList } from '../../lib/api/lists.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { SETTINGS_KEY } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { ListCountries } from './list-countries.tsx';
import { ListTerms, type Terms } from './list-terms.tsx';
import { numberOrNull } from './number-or-null.ts';

/** Adds a list or changes it. Its key is made from the name once, and stays. */
export function ListDialog({ list, onClose }: { list: ContactList | null; onClose: () => void }) {
  const form = useForm<SaveContactList>({
    initialValues: {
      key: list?.key ?? '',
      name: list?.name ?? '',
      optIn: list?.optIn ?? 'double',
      countries: list?.countries ?? {},
      basis: list?.basis ?? 'express',
      lastsDays: list?.lastsDays ?? null,
      impliedDays: list?.impliedDays ?? null,
      minimumAge: list?.minimumAge ?? null,
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
      <NumberInput
        label="Time to answer with YES"
        description="After that the question lapses."
        placeholder="No limit"
        suffix=" hours"
        min={1}
        max={8_760}
        allowDecimal={false}
        {...form.getInputProps('asksHours')}
        value={form.values.asksHours ?? ''}
        onChange={(value) => form.setFieldValue('asksHours', numberOrNull(value))}
      />
      <ListTerms value={form.values} onChange={(terms) => form.setValues(pickTerms(terms))} />
      <ListCountries
        terms={pickTerms(form.values)}
        value={form.values.countries}
        onChange={(countries) => form.setFieldValue('countries', countries)}
      />
    </DialogForm>
  );
}

const withKey = (values: SaveContactList): SaveContactList => ({
  ...values,
  key: values.key || slugify(values.name, 'list'),
});

const pickTerms = ({ optIn, basis, lastsDays, impliedDays, minimumAge }: Terms): Terms => ({
  optIn,
  basis,
  lastsDays,
  impliedDays,
  minimumAge,
});
