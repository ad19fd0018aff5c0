import { Button, FileInput, Group, Progress, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { ContactsImported } from '#shared/api/contact-imports.ts';
import { fieldErrors } from '../../../lib/api/api-error.ts';
import { importContacts } from '../../../lib/api/contacts.ts';
import { COUNTRY_OPTIONS } from '../../../lib/countries.ts';
import { counted } from '../../../lib/format/number.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { CONTACTS_KEY } from '../../../lib/queries/contact-queries.ts';
import { SETTINGS_KEY } from '../../../lib/queries/settings-queries.ts';
import { checkRows, readSheetFile, type SheetText } from '../../../lib/sheet-text.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ImportColumns } from './import-columns.tsx';
import { ImportConsent } from './import-consent.tsx';
import { EMPTY_IMPORT, type ImportForm, missingIn, planOf } from './import-form.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { type ImportTable, readImportTable } from './import-table.ts';
import { runImport } from './run-import.ts';
import { Dialog } from '../../../ui/dialog.tsx';

/** Reads a file of contacts, says what would happen, and then does it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [table, setTable] = useState<ImportTable | null>(null);
  const [unreadable, setUnreadable] = useState<{ file?: string; pasted?: string }>({});
  const [told, setTold] = useState<{ outcome: ContactsImported; done: boolean } | null>(null);
  const [handled, setHandled] = useState(0);
  const form = useForm<ImportForm>({ initialValues: EMPTY_IMPORT, validate: missingIn });
  const run = useChange(
    async (done: boolean) => {
      setHandled(0);
      if (!table) return null;
      const plan = { ...planOf(form.getValues()), rehearse: !done };
      return { outcome: await runImport(table, plan, importContacts, setHandled), done };
    },
    {
      touches: [CONTACTS_KEY, SETTINGS_KEY],
      onDone: setTold,
      onRefused: (error) => {
        const errors = fieldErrors(error);
        form.setErrors(errors);
        const shown = Object.keys(errors).some(
          (place) => place === 'country' || place.startsWith('consent.'),
        );
        if (shown) setTold(null);
        else notifyError(error);
      },
    },
  );
  const take = (from: 'file' | 'pasted', name: string, sheet: SheetText | null) => {
    setUnreadable(sheet && 'problem' in sheet ? { [from]: sheet.problem } : {});
    setTable(sheet && 'text' in sheet ? readImportTable(name, sheet.text) : null);
  };
  const choose = async (file: File | null) =>
    take('file', file?.name ?? '', file && (await readSheetFile(file)));
  const paste = (text: string) =>
    take('pasted', 'pasted', text.trim() === '' ? null : checkRows('what you pasted', text));
  const rows = table?.rows.length ?? 0;
  const hasPhone = table?.columns.some(({ use }) => use === 'phone') ?? false;
  return (
    <Dialog
      onClose={onClose}
      title={told?.done ? 'Contacts imported' : 'Import contacts'}
      size={640}
      closeOnClickOutside={false}
    >
      <form onSubmit={form.onSubmit(() => run.mutate(told !== null))} noValidate>
        <Stack gap="md">
          {told && table ? (
            <ImportOutcome table={table} {...told} />
          ) : (
            <>
              <FileInput
                label="CSV file"
                placeholder="Choose a file"
                accept=".csv,text/csv,text/plain"
                clearable
                clearButtonProps={{ 'aria-label': 'Take the file away' }}
                error={unreadable.file}
                onChange={(file) => void choose(file)}
              />
              <Textarea
                label="Or paste rows"
                rows={3}
                placeholder={'phone,name,tags\n+44 7700 900123,Ada,customer'}
                error={unreadable.pasted}
                onChange={({ currentTarget }) => paste(currentTarget.value)}
              />
              {table && (
                <ImportColumns
                  columns={table.columns}
                  onChange={(columns) => setTable({ ...table, columns })}
                />
              )}
              <Select
                label="Numbers without a country code are of"
                placeholder="Your first sender’s country"
                searchable
                clearable
                data={COUNTRY_OPTIONS}
                {...form.getInputProps('country')}
              />
              <ImportConsent form={form} />
            </>
          )}
          {run.isPending && (
            <Progress value={(handled / Math.max(1, rows)) * 100} aria-label="Rows handed over" />
          )}
          <Text size="sm" c="dimmed" role="status">
            {statusOf({ rows, handled, hasPhone, pending: run.isPending, told })}
          </Text>
          <Group justify="flex-end">
            {told?.done ? (
              <Button onClick={onClose}>Close</Button>
            ) : (
              <>
                <Button
                  variant="default"
                  onClick={told ? () => setTold(null) : onClose}
                  disabled={run.isPending}
                >
                  {told ? 'Back' : 'Cancel'}
                </Button>
                <Button type="submit" loading={run.isPending} disabled={rows === 0 || !hasPhone}>
                  {told ? `Import ${counted(told.outcome.added + told.outcome.known, 'contact')}` : 'Check'}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function statusOf({
  rows,
  handled,
  hasPhone,
  pending,
  told,
}: {
  rows: number;
  handled: number;
  hasPhone: boolean;
  pending: boolean;
  told: { done: boolean } | null;
}): string {
  if (pending) return `${counted(handled, 'row')} of ${counted(rows, 'row')} handed over…`;
  if (told) return told.done ? '' : 'Nothing is written yet.';
  if (rows === 0) return 'The first row may name the columns: phone, language, tags, and fields of your own.';
  return hasPhone
    ? `${counted(rows, 'row')}. Next you see what would happen.`
    : 'Say which column is the phone number.';
}
