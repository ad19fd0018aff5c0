import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isOutOfDate, writeStamp } from '../../scripts/support/out-of-date.mjs';

describe('what is out of date', () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  const touch = (path: string, seconds: number) => utimesSync(path, seconds, seconds);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'textloom-stamp-'));
    mkdirSync(at('src', 'deep'), { recursive: true });
    writeFileSync(at('src', 'deep', 'a.ts'), '');
    for (const path of [at('src', 'deep', 'a.ts'), at('src', 'deep'), at('src')]) touch(path, 1000);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is what was never built', () => {
    expect(isOutOfDate(at('stamp'), [at('src')])).toBe(true);
  });

  it('is not what was built after the last change', () => {
    writeStamp(at('dist', 'stamp'), 2_000_000);
    expect(isOutOfDate(at('dist', 'stamp'), [at('src')])).toBe(false);
  });

  it('is what was edited since, also while it was being built', () => {
    writeStamp(at('stamp'), 2_000_000);
    touch(at('src', 'deep', 'a.ts'), 2001);
    expect(isOutOfDate(at('stamp'), [at('src')])).toBe(true);
  });

  it('is what lost a file', () => {
    writeStamp(at('stamp'), 2_000_000);
    rmSync(at('src', 'deep', 'a.ts'));
    expect(isOutOfDate(at('stamp'), [at('src')])).toBe(true);
  });

  it('is nothing where there are no sources to build from', () => {
    expect(isOutOfDate(at('stamp'), [at('elsewhere')])).toBe(false);
  });
});
