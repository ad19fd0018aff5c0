import { armingBench } from './arming.bench.ts';
import type { Bench } from './bench.ts';
import { drainBench } from './drain.bench.ts';
import { engineBench } from './engine.bench.ts';
import { growthBench } from './growth.bench.ts';
import { idleBench } from './idle.bench.ts';
import { inboundBench } from './inbound.bench.ts';
import { keywordsBench } from './keywords.bench.ts';
import { outboxBench } from './outbox.bench.ts';
import { proveBench } from './prove.bench.ts';
import { runtimeBench } from './runtime.bench.ts';
import { voteBench } from './vote.bench.ts';
import { wakeupsBench } from './wakeups.bench.ts';

/** Every bench, in the order they run. A new one is its file and a line here. */
export const BENCHES: readonly Bench[] = [
  engineBench,
  keywordsBench,
  proveBench,
  runtimeBench,
  drainBench,
  growthBench,
  wakeupsBench,
  armingBench,
  idleBench,
  inboundBench,
  outboxBench,
  voteBench,
];
