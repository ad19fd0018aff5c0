import { describe, expect, it } from '@jest/globals';
import { countInstructions, sumOf } from './support/instructions.ts';

describe('instructions', () => {
  it('are what perf says, of all kinds of cores together', () => {
    expect(sumOf('Events enabled\n16664489374,,instructions:u,2584240674,100.00,,\n')).toBe(16_664_489_374);
    expect(sumOf('100,,cpu_core/instructions/u,9,80.00,,\n20,,cpu_atom/instructions/u,9,20.00,,\n')).toBe(
      120,
    );
  });

  it('are nothing where they cannot be counted', () => {
    expect(sumOf('<not supported>,,instructions:u,0,100.00,,\n')).toBeNull();
    expect(sumOf('')).toBeNull();
  });

  it('are counted for this process where the system lets us', async () => {
    const counting = await countInstructions(() => [process.pid]);
    let sum = 0;
    for (let n = 0; n < 1_000_000; n++) sum += n % 7;
    const count = await counting.end();
    expect(sum).toBeGreaterThan(0);
    expect(count === null || count > 1_000_000).toBe(true);
  });
});
