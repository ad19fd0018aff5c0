import { MultiSelect, NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { slugify } from '#shared/ids.ts';
import type { Contest } from '#shared/api/contests.ts';
import { changeContest, createContest } from '../../lib/api/contests.ts';
import { COUNTRY_OPTIONS } from '../../lib/countries.ts';
import { instantOf } from '../../lib/format/wall-clock.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { CONTESTS_KEY } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useZone } from '../../lib/use-zone.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { contestInput, contestValues } from './contest-form.ts';
import { ContestNotes } from './contest-notes.tsx';

/** Adds a contest or changes its terms. Its key is made from the name once, and stays. */
export function ContestDialog({ contest, onClose }: { contest: Contest | null; onClose: () => void }) {
  const zone = useZone();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: contestValues(contest, zone),
    validate: {
      name: (name) => (name.trim() === '' ? 'Give the contest a name.' : null),
      closesAt: (closesAt) =>
        contest === null && closesAt !== '' && Date.parse(instantOf(closesAt, zone)) < Date.now()
          ? 'That time is over. Choose one to come.'
          : null,
    },
  });
  const { values } = form;
  const key = contest?.key ?? (values.key || slugify(values.name, 'contest'));
  const save = useChange(
    () => {
      const input = contestInput(values, contest, zone);
      return contest ? changeContest(key, input) : createContest({ ...input, key });
    },
    {
      touches: [CONTESTS_KEY],
      onDone: () => {
        onClose();
        if (!contest) void navigate({ to: '/contests/$key', params: { key } });
      },
      onRefused: refusalInto(form),
    },
  );
  return (
    <DialogForm
      title={contest ? contest.name : 'New contest'}
      submit={contest ? 'Save' : 'Add contest'}
      busy={save.isPending}
      onSubmit={form.onSubmit(() => save.mutate())}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Summer draw" data-autofocus {...form.getInputProps('name')} />
      {!contest && (
        <TextInput
          label="Key"
          description="What flows call it. It can’t be changed later."
          placeholder={slugify(values.name, 'summer-draw')}
          {...form.getInputProps('key')}
        />
      )}
      <TextInput
        type="datetime-local"
        label="Closes"
        description={`By the time a text is received, in ${zone}. Without a date it is open until somebody closes it.`}
        {...form.getInputProps('closesAt')}
      />
      <Textarea
        label="Prize"
        placeholder="A weekend for two in Lisbon"
        autosize
        {...form.getInputProps('prize')}
      />
      <TextInput
        label="Rules"
        description="Where people read them."
        placeholder="https://example.com/rules"
        {...form.getInputProps('rulesUrl')}
      />
      <MultiSelect
        label="Countries"
        description="Where numbers have to be from to win."
        placeholder={values.countries.length === 0 ? 'Anywhere' : undefined}
        searchable
        data={COUNTRY_OPTIONS}
        {...form.getInputProps('countries')}
      />
      <ContestNotes countries={values.countries} />
      <NumberInput
        label="Age"
        description="Who has not answered Ask for age with at least as much can’t win."
        placeholder="Any"
        suffix=" or over"
        min={1}
        max={99}
        allowDecimal={false}
        {...form.getInputProps('minimumAge')}
      />
      <TagsInput
        label="Who can’t win"
        description="People with one of these tags, such as those who work for you."
        placeholder={values.excludedTags.length === 0 ? 'staff, agency' : undefined}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        maxTags={20}
        {...form.getInputProps('excludedTags')}
        onChange={(words) =>
          form.setFieldValue('excludedTags', [...new Set(words.map((word) => slugify(word)))])
        }
      />
      <NumberInput
        label="Time to claim"
        description="How long a winner has before you choose to draw another."
        placeholder="No limit"
        suffix=" days"
        min={1}
        max={365}
        allowDecimal={false}
        {...form.getInputProps('claimDays')}
      />
      <Textarea
        label="Public source"
        description="What the draw will also be made from, announced before anybody knows it. With it not even you could know the winner beforehand."
        placeholder="The numbers of the national lottery of 3 December"
        autosize
        {...form.getInputProps('publicSource')}
      />
    </DialogForm>
  );
}
