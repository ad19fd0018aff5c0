import type { Row, Verdict } from '../bench.ts';
import { rateVerdict } from './rate-verdict.ts';
import { figure } from './words.ts';

/** What is asked of the batch function alone. */
export function runtimeVerdicts(
  parts: Readonly<Record<'atOnce' | 'readyMade' | 'slow' | 'twoNodes' | 'drained', Row>>,
): Verdict[] {
  const { atOnce, readyMade, slow, twoNodes, drained } = parts;
  const rates = (one: Row, other: Row): string => `${figure(rate(one))} and ${figure(rate(other))} MO/s`;
  return [
    rateVerdict({
      what: 'Batch function alone',
      asked: 25_000,
      aim: 'aim 40,000',
      measured: rate(atOnce),
      unit: 'MO',
      baseline: { name: 'the same SQL with ready-made rows reaches', rate: rate(readyMade) },
    }),
    {
      what: '  beside the same SQL with ready-made rows',
      asked: 'within 1.6 × of the SQL',
      measured: rates(atOnce, readyMade),
      ratio: { value: rate(readyMade) / rate(atOnce), better: 'less' },
      met: rate(readyMade) <= 1.6 * rate(atOnce),
    },
    {
      what: '  with a slow flush (4 ms), beside without',
      asked: 'keeps 90 % of the rate',
      measured: rates(slow, atOnce),
      ratio: { value: rate(slow) / rate(atOnce), better: 'more' },
      met: rate(slow) >= 0.9 * rate(atOnce),
    },
    {
      what: '  on two nodes, beside one',
      asked: 'CPU grows by less than 15 %',
      measured: `${figure(cpu(twoNodes))} and ${figure(cpu(atOnce))} µs/MO`,
      ratio: { value: cpu(twoNodes) / cpu(atOnce), better: 'less' },
      met: cpu(twoNodes) < 1.15 * cpu(atOnce),
    },
    {
      what: '  from the backlog, beside at once',
      asked: 'more is better',
      measured: rates(drained, atOnce),
      ratio: { value: rate(drained) / rate(atOnce), better: 'more' },
      met: null,
    },
  ];
}

const rate = ({ figures }: Row): number => figures.rate ?? Number.NaN;
const cpu = ({ figures }: Row): number => (figures.node ?? Number.NaN) + (figures.postgres ?? 0);
