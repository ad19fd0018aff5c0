import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataDirBusy, lockDataDir, readHolder } from '#server/database/data-dir-lock.ts';

describe('the lock on a data folder', () => {
  let folder: string;
  const file = () => join(folder, 'textloom.lock');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'textloom-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses a second start with pid, address and the ways out', async () => {
    const lock = await lockDataDir(folder);
    lock.announce('http://127.0.0.1:3456');
    const second = lockDataDir(folder);
    await expect(second).rejects.toThrow(DataDirBusy);
    await expect(second).rejects.toThrow(
      `Textloom already runs (pid ${process.pid}) at http://127.0.0.1:3456 with this data folder: ${folder}.`,
    );
    lock.release();
    (await lockDataDir(folder)).release();
  });

  it('is taken over from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '0']);
    await new Promise((done) => gone.once('exit', done));
    const lock = await lockDataDir(folder);
    const ours = readHolder(folder);
    lock.release();
    writeFileSync(file(), JSON.stringify({ ...ours, pid: gone.pid }));
    (await lockDataDir(folder)).release();
  });

  it('is taken over when the pid now belongs to another process', async () => {
    const lock = await lockDataDir(folder);
    const ours = readHolder(folder);
    lock.release();
    writeFileSync(file(), JSON.stringify({ ...ours, born: 'another boot 17' }));
    (await lockDataDir(folder)).release();
  });

  it('is respected while a holder in another container shows that it lives, and taken over when it falls silent', async () => {
    writeFileSync(
      file(),
      JSON.stringify({ pid: 1, born: 'x', place: 'elsewhere', url: 'http://10.0.0.2:3000' }),
    );
    const beat = setInterval(() => utimesSync(file(), new Date(), new Date()), 100);
    await expect(lockDataDir(folder)).rejects.toThrow('(pid 1) at http://10.0.0.2:3000');
    clearInterval(beat);
    utimesSync(file(), 1000, 1000);
    (await lockDataDir(folder)).release();
  });

  it('is let to one of many who come at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDir(folder)));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid });
    for (const one of won) one.value.release();
  });
});
