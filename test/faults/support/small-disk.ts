import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { NotHere } from './not-here.ts';

/** A file system in memory that is full soon. Only root may mount one. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  static mount(folder: string, megabytes: number): SmallDisk {
    const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', folder]);
    if (done.status !== 0) throw new NotHere('only root may mount a small file system');
    return new SmallDisk(folder);
  }

  /** Writes until not a byte more fits. */
  fill(): void {
    const file = openSync(this.filler, 'a');
    const block = Buffer.alloc(64 * 1024, 1);
    try {
      for (;;) writeSync(file, block);
    } catch {
      // Full.
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  empty(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}
