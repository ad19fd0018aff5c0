import { Button, FileInput, NumberInput, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type Pool, MOST_CODES } from '#shared/api/vouchers.ts';
import { ApiError } from '../../lib/api/api-error.ts';
import { generateCodes, loadCodes } from '../../lib/api/vouchers.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { counted } from '../../lib/format/number.ts';
import { notifyDone, notifyError, notifyLeftOut } from '../../lib/notify.tsx';
import { readSheetFile } from '../../lib/sheet-text.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { filledLines, hopeless } from './codes-text.ts';
import { LoadProgress } from './load-progress.tsx';
import { useCodesLoad } from './use-codes-load.ts';
import { WrongLines } from './wrong-lines.tsx';

const WAYS = [
  { value: 'paste', label: 'Paste' },
  { value: 'file', label: 'File' },
  { value: 'make', label: 'Make new ones' },
] as const;
/** What made codes look like. */
const LOOK = '7KQ3MX9TBR4WHE6ZPDV5GNC8YAJF2SUK';

/** Adds codes to a pool: those of a shop, pasted or from a file, or new ones. */
export function LoadCodesDialog({ pool, onClose }: { pool: Pool; onClose: () => void }) {
  const [way, setWay] = useState<(typeof WAYS)[number]['value']>('paste');
  const [file, setFile] = useState<{ text: string; lines: number } | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const [wrong, setWrong] = useState<{ text: string; words: readonly string[] } | null>(null);
  const [isStopped, setStopped] = useState(false);
  const form = useForm<{ text: string; prefix: string; count: number | string; length: number | string }>({
    initialValues: { text: '', count: 1_000, prefix: '', length: 10 },
    validate: {
      text: (text) => (way === 'paste' ? hopeless(text, filledLines(text)) : null),
      count: (count) => (way === 'make' && typeof count !== 'number' ? 'Say how many.' : null),
      length: (length) => (way === 'make' && typeof length !== 'number' ? 'Say how long they are.' : null),
    },
  });
  const { text, count, prefix, length } = form.values;
  const refuse = refusalInto(form);
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const handedOver = way === 'file' ? (file?.text ?? '') : text;
  const load = useCodesLoad(
    pool.key,
    ({ load: name, signal }) =>
      way === 'make'
        ? generateCodes(
            pool.key,
            { count: Number(count), prefix, length: Number(length), load: name },
            signal,
          )
        : loadCodes(pool.key, { text: handedOver, load: name }, signal),
    {
      onDone: (added) => {
        if (isShown.current) onClose();
        notifyDone(way === 'make' ? `${counted(added, 'code')} made.` : `${counted(added, 'code')} loaded.`);
      },
      onStopped: () => {
        if (isShown.current) setStopped(true);
        else notifyLeftOut(STOPPED);
      },
      onRefused: (error) => {
        // Nobody sees the form any more.
        if (!isShown.current) return notifyError(error);
        if (way === 'file' && error instanceof ApiError && error.place === 'text')
          setUnreadable(error.message);
        else refuse(error);
        // The sentence tells the first.
        if (error instanceof ApiError && error.code === 'voucher.codes-wrong')
          setWrong({ text: handedOver, words: error.issues.slice(1).map(({ message }) => message) });
      },
    },
  );
  const choose = async (chosen: File | null) => {
    setWrong(null);
    setFile(null);
    setUnreadable(null);
    if (!chosen) return;
    const sheet = await readSheetFile(chosen);
    if ('problem' in sheet) setUnreadable(sheet.problem);
    else {
      const lines = filledLines(sheet.text);
      setFile({ text: sheet.text, lines });
      setUnreadable(hopeless(sheet.text, lines));
    }
  };
  const submit = form.onSubmit(() => {
    setWrong(null);
    setStopped(false);
    if (way !== 'file') load.begin();
    else if (file === null) setUnreadable((now) => now ?? 'Choose a file.');
    else {
      const problem = hopeless(file.text, file.lines);
      setUnreadable(problem);
      if (problem === null) load.begin();
    }
  });
  const lines = way === 'file' ? (file?.lines ?? 0) : filledLines(text);
  const example = `${prefix}${LOOK.slice(0, Number(length) || 0)}`;
  return (
    <DialogForm
      title="Load codes"
      submit={way === 'make' ? 'Make codes' : 'Load codes'}
      cancel={load.isPending ? 'Close' : 'Cancel'}
      busy={load.isPending}
      extra={
        load.isPending && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} />}
            loading={load.isStopping}
            onClick={load.stop}
          >
            Stop, add none
          </Button>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Where they come from"
        fullWidth
        disabled={load.isPending}
        value={way}
        onChange={(value) => {
          setWay(value);
          setWrong(null);
          setFile(null);
          setUnreadable(null);
          form.clearErrors();
        }}
        data={[...WAYS]}
      />
      {way === 'paste' && (
        <Textarea
          label="Codes"
          description="One a line, or CSV with a column named code. All are taken, or none."
          placeholder={'SPRING-7KQ3M\nSPRING-X9TBR'}
          rows={8}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus
          {...form.getInputProps('text')}
          onChange={({ currentTarget }) => {
            setWrong(null);
            form.setFieldValue('text', currentTarget.value);
          }}
        />
      )}
      {way === 'file' && (
        <FileInput
          label="File"
          description="Text with a code a line, or CSV with a column named code: up to 1,000,000. All are taken, or none."
          placeholder="Choose a file"
          accept=".csv,.txt,text/csv,text/plain"
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          error={unreadable}
          onChange={(chosen) => void choose(chosen)}
        />
      )}
      {way === 'make' && (
        <>
          <NumberInput
            label="How many"
            thousandSeparator=","
            min={1}
            max={MOST_CODES}
            allowDecimal={false}
            {...form.getInputProps('count')}
          />
          <TextInput
            label="They begin with"
            placeholder="SPRING-"
            maxLength={20}
            {...form.getInputProps('prefix')}
          />
          <NumberInput
            label="Letters by chance"
            description="Behind the beginning; no 0 and O, no 1, I and L, which people take for each other."
            min={6}
            max={32}
            allowDecimal={false}
            {...form.getInputProps('length')}
          />
          <Text size="sm" c="dimmed">
            Such as{' '}
            <Text span ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {example}
            </Text>
          </Text>
        </>
      )}
      {wrong && <WrongLines poolKey={pool.key} {...wrong} />}
      {load.isPending ? (
        <>
          <LoadProgress
            load={load.at}
            otherwise={way === 'make' ? 'It begins…' : `${counted(lines, 'line')} handed over…`}
          />
          <Text size="sm" c="dimmed">
            {GOES_ON}
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed" role="status">
          {isStopped ? STOPPED : way !== 'make' && lines > 0 && `${counted(lines, 'line')} to load.`}
        </Text>
      )}
    </DialogForm>
  );
}

const GOES_ON =
  'You can close this: it goes on, and you are told what came of it. If you stop it, none of these codes comes into the pool.';
const STOPPED = 'Stopped: none of these codes came into the pool.';
