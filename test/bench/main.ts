import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import type { Bench, BenchOptions, Report } from './bench.ts';
import { BENCHES } from './benches.ts';
import type { Told } from './run-one.ts';
import { calibrate } from './support/calibrate.ts';
import { printMarkdown } from './support/print-markdown.ts';
import { printReport } from './support/print-report.ts';
import { compareWithRecorded, type Measured, record } from './support/recorded.ts';

const HELP = `npm run bench [-- names] [--full] [--seconds 8] [--warm-up 3] [--connections 32,256] [--contacts 200000]

${BENCHES.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  --full        the sizes that are promised; without it each bench is through in a few minutes
  --contacts    people, stored or texting; small numbers make a quick trial
  --rate        texts a second that the vote offers, instead of a search for the rate that holds
  --profile     says where the time of the server and of the database went (inbound, vote)
  --server-flag=--cpu-prof   a flag of node for the measured server; may be given more than once
  --json        everything as JSON; --markdown: what was asked and measured, as a table for the README
  --record      keeps the figures in test/bench/recorded.json; later runs fail when they are more than 10 % slower
`;

/** A machine with more to do than this cannot tell 10 % from its own noise. */
const NOISY_LOAD = 0.5;

/** Runs the benches that were named, or all; ends with 1 when what they wrote does not check or they have become slower. */
async function main(): Promise<number> {
  const noisy = (loadavg()[0] ?? 0) > NOISY_LOAD;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      'warm-up': { type: 'string', default: '3' },
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

  const before = calibrate();
  const reports: (Report & { bench: string })[] = [];
  for (const bench of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    const report = await runAlone(bench, options, print);
    print(printReport(report));
    reports.push({ bench: bench.name, ...report });
  }
  const measured: Measured = { calibration: Math.min(before, calibrate()), options, reports };
  const slower = compareWithRecorded(measured);
  if (values.record) print(noisy ? 'Nothing is recorded on a machine that is busy.' : record(measured));
  for (const sentence of slower) print(`${noisy ? '· noisy machine:' : '✗'} ${sentence}`);
  if (values.json) console.log(JSON.stringify({ ...measured, slower, noisy }, null, 2));
  if (values.markdown) console.log(`\n${printMarkdown(reports)}`);
  const failed = reports.some(({ wrong }) => wrong.length > 0) || (slower.length > 0 && !noisy);
  return failed && !(values.record && reports.every(({ wrong }) => wrong.length === 0)) ? 1 : 0;
}

/** Each bench has a process of its own, so that none inherits the heap or the compiled code of another. */
async function runAlone(bench: Bench, options: BenchOptions, say: (text: string) => void): Promise<Report> {
  const child = fork(new URL('./run-one.ts', import.meta.url), [bench.name, JSON.stringify(options)]);
  let report: Report | null = null;
  child.on('message', (told: Told) => {
    if ('said' in told) say(told.said);
    else report = told.report;
  });
  await once(child, 'exit');
  return report ?? { ...EMPTY, title: bench.name, wrong: ['The bench broke off.'] };
}

const EMPTY: Report = { title: '', columns: [], rows: [], notes: [], wrong: [] };

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return number;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
