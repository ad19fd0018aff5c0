import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { onceAsked } from '../support/once-asked.ts';
import type { Bench, BenchOptions, Report } from './bench.ts';
import { BENCHES } from './benches.ts';
import type { Told } from './run-one.ts';
import { busyBetween, readProcessors } from './support/busy.ts';
import { calibrate, isUneven } from './support/calibrate.ts';
import { printMarkdown } from './support/print-markdown.ts';
import { printReport } from './support/print-report.ts';
import { compareWithRecorded, type Measured, readRecorded, record } from './support/recorded.ts';

const HELP = `npm run bench [-- names] [--full] [--seconds 8] [--warm-up 5] [--connections 32,256] [--contacts 200000]

${BENCHES.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  --full        the sizes that are promised; without it each bench is through in a few minutes
  --contacts    people, stored or texting; small numbers make a quick trial
  --rate        texts a second that the vote offers for --seconds, instead of a search for the rate that holds
  --profile     says where the time of the server and of the database went (inbound, vote)
  --server-flag=--cpu-prof   a flag of node for the measured server; may be given more than once
  --json        everything as JSON; --markdown: what was asked and measured, as a table for docs/performance.md
  --record      keeps the figures in test/bench/recorded.json; later runs fail when they are more than 10 % slower
`;

/** Processors that others keep so busy, from 0 to 1, cannot tell 10 % from their own noise. */
const NOISY = 0.1;
/** How long is looked at what others do, in milliseconds. */
const LOOK_MS = 2_000;

/** Runs the benches that were named, or all; ends with 1 when what they wrote does not check or they have become slower. */
async function main(over: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      'warm-up': { type: 'string', default: '5' },
      connections: { type: 'string' },
      contacts: { type: 'string' },
      rate: { type: 'string' },
      full: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      'server-flag': { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no bench "${unknown.join(', ')}".\n\n${HELP}` : HELP);
    return unknown.length > 0 ? 1 : 0;
  }
  const options: BenchOptions = {
    seconds: positive('seconds', values.seconds),
    warmUp: positive('warm-up', values['warm-up']) ?? 0,
    connections: values.connections?.split(',').map((text) => positive('connections', text) ?? 0) ?? null,
    contacts: positive('contacts', values.contacts),
    rate: positive('rate', values.rate),
    full: values.full,
    profile: values.profile,
    serverFlags: values['server-flag'],
  };
  const print = (text: string): void => {
    if (!values.json) console.log(text);
  };

  const isBusy = await isNoisy();
  const recorded = readRecorded();
  const calibrations = [calibrate()];
  const noisy = (): boolean => isBusy || isUneven(calibrations);
  const measured: Measured = { calibration: Math.min(...calibrations), options, reports: [] };
  for (const bench of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    const report = { bench: bench.name, ...(await runAlone(bench, options, print, over)) };
    if (over.aborted) return 130;
    print(printReport(report));
    measured.reports = [...measured.reports, report];
    calibrations.push(calibrate());
    measured.calibration = Math.min(...calibrations);
    // At once: a later one may break off.
    if (values.record && !noisy()) print(record({ ...measured, reports: [report] }));
  }
  if (values.record && noisy())
    print('Nothing is recorded on a machine that is busy, or whose speed changes meanwhile.');
  const slower = compareWithRecorded(measured, recorded).map(({ sentence, isSure }) => ({
    sentence,
    fails: isSure || !noisy(),
  }));
  for (const { sentence, fails } of slower) print(`${fails ? '✗' : '· noisy machine:'} ${sentence}`);
  if (values.json) console.log(JSON.stringify({ ...measured, slower, noisy: noisy() }, null, 2));
  if (values.markdown) console.log(`\n${printMarkdown(measured.reports)}`);
  const isWrong = measured.reports.some(({ wrong }) => wrong.length > 0);
  return isWrong || (!values.record && slower.some(({ fails }) => fails)) ? 1 : 0;
}

/** Whether others keep the processors busy while this process waits. */
async function isNoisy(): Promise<boolean> {
  const before = readProcessors();
  await sleep(LOOK_MS);
  return busyBetween(before, readProcessors()) > NOISY;
}

/** Each bench has a process of its own, so that none inherits the heap or the compiled code of another. */
async function runAlone(
  bench: Bench,
  options: BenchOptions,
  say: (text: string) => void,
  over: AbortSignal,
): Promise<Report> {
  const child = fork(new URL('./run-one.ts', import.meta.url), [bench.name, JSON.stringify(options)]);
  const end = (): void => void child.kill('SIGINT');
  over.addEventListener('abort', end);
  let report: Report | null = null;
  child.on('message', (told: Told) => {
    if ('said' in told) say(told.said);
    else report = told.report;
  });
  await once(child, 'exit');
  over.removeEventListener('abort', end);
  return report ?? { ...EMPTY, title: bench.name, wrong: ['The bench broke off.'] };
}

const EMPTY: Report = { title: '', columns: [], rows: [], notes: [], wrong: [] };

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return number;
}

main(onceAsked()).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
