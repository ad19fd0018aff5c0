import { parseArgs } from 'node:util';
import 'reflect-metadata';
import type { Bench, BenchOptions } from './bench.ts';
import { engineBench } from './engine.bench.ts';
import { inboundBench } from './inbound.bench.ts';
import { keywordsBench } from './keywords.bench.ts';
import { outboxBench } from './outbox.bench.ts';
import { proveBench } from './prove.bench.ts';
import { runtimeBench } from './runtime.bench.ts';
import { printReport } from './support/print-report.ts';

/** Every bench, in the order they run. A new one is its file and a line here. */
const BENCHES: readonly Bench[] = [
  engineBench,
  keywordsBench,
  proveBench,
  runtimeBench,
  inboundBench,
  outboxBench,
];

const HELP = `npm run bench [-- names] [--seconds 8] [--warm-up 3] [--connections 32,256] [--contacts 200000] [--json]

${BENCHES.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  --server-flag=--cpu-prof   a flag of node for the measured server; may be given more than once
`;

/** Runs the benches that were named, or all; ends with 1 when what they wrote does not check. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '8' },
      'warm-up': { type: 'string', default: '3' },
      connections: { type: 'string', default: '32,256' },
      contacts: { type: 'string', default: '200000' },
      'server-flag': { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
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
    warmUp: positive('warm-up', values['warm-up']),
    connections: values.connections.split(',').map((text) => positive('connections', text)),
    contacts: positive('contacts', values.contacts),
    serverFlags: values['server-flag'],
  };
  const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const reports = [];
  for (const bench of chosen) {
    const report = await bench.run(options, (sentence) => {
      if (!values.json) console.log(sentence);
    });
    if (!values.json) console.log(printReport(report));
    reports.push({ bench: bench.name, ...report });
  }
  if (values.json) console.log(JSON.stringify({ options, reports }, null, 2));
  return reports.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

function positive(name: string, text: string): number {
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
