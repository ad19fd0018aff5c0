import type { LiveBeat } from '#shared/api/live.ts';
import { create } from 'zustand';

/** Messages a minute, at a moment of this browser's clock. */
export interface LiveSample {
  at: number;
  inbound: number;
  outbound: number;
}

/** The traffic of the workspace while the page is open. */
export interface LiveState {
  /** `connecting` until the first answer; `broken` while the connection is being made again. */
  connection: 'connecting' | 'open' | 'broken';
  perMinute: LiveBeat['perMinute'];
  /** One sample every two seconds of connection since the page was opened, at most ten minutes of them, oldest first. */
  samples: readonly LiveSample[];
}

/** What the top bar and the live page know about the traffic right now. */
export const useLive = create<LiveState>(() => ({
  connection: 'connecting',
  perMinute: { inbound: 0, outbound: 0 },
  samples: [],
}));

const SAMPLES = 300;

/** Notes the present rate as a sample; without a connection nobody knows it, and a made-up zero would look like silence. */
export function takeSample(at: number): void {
  useLive.setState(({ connection, samples, perMinute }) =>
    connection === 'open' ? { samples: [...samples.slice(1 - SAMPLES), { at, ...perMinute }] } : {},
  );
}
