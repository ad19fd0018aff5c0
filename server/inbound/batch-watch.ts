import { Injectable } from '@nestjs/common';
import { Histogram, register } from 'prom-client';
import type { BatchResult } from './batch.ts';

type Listener = (result: BatchResult) => void;

const batchSize = new Histogram({
  name: 'textloom_batch_size',
  help: 'Pieces of work decided in one transaction.',
  buckets: [1, 2, 5, 10, 25, 50, 100, 200, 500],
  registers: [register],
});

const batchSeconds = new Histogram({
  name: 'textloom_batch_seconds',
  help: 'Time from taking a batch to its commit, in seconds.',
  buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers: [register],
});

/** Tells whoever asked what a batch did, after its commit. A listener must be cheap and must not throw. */
@Injectable()
export class BatchWatch {
  private readonly listeners: Listener[] = [];

  onCommitted(listener: Listener): void {
    this.listeners.push(listener);
  }

  committed(result: BatchResult): void {
    for (const listener of this.listeners) listener(result);
  }

  batchDone(works: number, milliseconds: number): void {
    batchSize.observe(works);
    batchSeconds.observe(milliseconds / 1_000);
  }
}
