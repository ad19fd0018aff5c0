import { Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { type Program, type SaveProgram, saveProgramSchema } from '#shared/api/programs.ts';
import { defaultTexts } from '#shared/sms/default-texts.ts';
import { segment } from '#shared/sms/segments.ts';
import { changeProgram, createProgram } from '../../lib/api/programs.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { counted } from '../../lib/format/number.ts';
import { programsQuery, SETTINGS_KEY, sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';

/** Adds a program or changes it; its standard words show through where none of one's own are written. */
export function ProgramDialog({ program, onClose }: { program: Program | null; onClose: () => void }) {
  const { data: senders } = useQuery(sendersQuery);
  const form = useForm<SaveProgram>({
    initialValues: {
      name: program?.name ?? '',
      brand: program?.brand ?? '',
      language: program?.language ?? 'en',
      contact: program?.contact ?? '',
      helpText: program?.helpText ?? '',
      stopText: program?.stopText ?? '',
      startText: program?.startText ?? '',
      agentText: program?.agentText ?? '',
      closedText: program?.closedText ?? '',
      frequency: program?.frequency ?? '',
      termsUrl: program?.termsUrl ?? '',
      privacyUrl: program?.privacyUrl ?? '',
      stopAddress: program?.stopAddress ?? '',
    },
    validate: schemaResolver(saveProgramSchema, { sync: true }),
  });
  const save = useChange(
    (input: SaveProgram) => (program ? changeProgram(program.id, input) : createProgram(input)),
    { touches: [SETTINGS_KEY, programsQuery.queryKey], onDone: onClose, onRefused: refusalInto(form) },
  );
  const { brand, contact, language } = form.values;
  const standard = defaultTexts(language, {
    brand: brand || 'Your brand',
    contact: contact || 'help@example.com',
    country: senders?.find((sender) => sender.program.id === program?.id)?.country ?? 'US',
    ...(form.values.stopAddress ? { stopAddress: form.values.stopAddress } : {}),
  });
  return (
    <DialogForm
      title={program ? program.name : 'Add program'}
      submit={program ? 'Save' : 'Add program'}
      busy={save.isPending}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Summer club" data-autofocus {...form.getInputProps('name')} />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput label="Brand" placeholder="Bluebird Coffee" {...form.getInputProps('brand')} />
        <Select label="Language" allowDeselect={false} data={LANGUAGES} {...form.getInputProps('language')} />
      </SimpleGrid>
      <TextInput
        label="Where people find help"
        description="An e-mail address, a phone number or a page; the answer to HELP names it."
        placeholder="help@example.com"
        {...form.getInputProps('contact')}
      />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label="How often people hear from you"
          description="A first message names it."
          placeholder="Up to 4 msgs/month"
          {...form.getInputProps('frequency')}
        />
        <TextInput
          label="Where STOP is texted"
          description="Only where the sender cannot receive."
          placeholder="36111"
          inputMode="tel"
          {...form.getInputProps('stopAddress')}
        />
        <TextInput
          label="Terms"
          type="url"
          placeholder="https://example.com/sms-terms"
          {...form.getInputProps('termsUrl')}
        />
        <TextInput
          label="Privacy"
          type="url"
          placeholder="https://example.com/privacy"
          {...form.getInputProps('privacyUrl')}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="xs">
        Left empty, these are answered with the standard words you see in grey, which fit the country of the
        sender.
      </Text>
      <AnswerField label="Answer to HELP" standard={standard.help} {...form.getInputProps('helpText')} />
      <AnswerField
        label="Answer to STOP"
        standard={standard.stopConfirmation}
        {...form.getInputProps('stopText')}
      />
      <AnswerField
        label="Answer to START"
        standard={standard.startConfirmation}
        {...form.getInputProps('startText')}
      />
      <AnswerField
        label="Answer to the keyword of a flow that is not running"
        standard={standard.closed}
        {...form.getInputProps('closedText')}
      />
      <Textarea
        label="Answer to AGENT"
        description="For people who want to talk to somebody; an open question is asked again behind it. Left empty, AGENT is a word like any other."
        placeholder="We read your texts from 9 to 5, and call you back."
        autosize
        minRows={2}
        maxLength={320}
        dir="auto"
        {...form.getInputProps('agentText')}
      />
    </DialogForm>
  );
}

interface AnswerFieldProps {
  label: string;
  standard: string;
  value?: string;
}

function AnswerField({ label, standard, value = '', ...input }: AnswerFieldProps) {
  const { segments, encoding } = segment(value || standard);
  return (
    <Textarea
      label={label}
      placeholder={standard}
      value={value}
      autosize
      minRows={2}
      maxLength={320}
      dir="auto"
      description={`${counted(segments, 'part')}, ${encoding}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...input}
    />
  );
}

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'French' },
  { value: 'de', label: 'German' },
  { value: 'es', label: 'Spanish' },
  { value: 'it', label: 'Italian' },
  { value: 'nl', label: 'Dutch' },
  { value: 'pt', label: 'Portuguese' },
];
