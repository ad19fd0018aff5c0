import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

/** A folder that is there while the tests of a file run. */
export class TemporaryFolder {
  path = '';

  constructor() {
    beforeAll(() => {
      this.path = mkdtempSync(join(tmpdir(), 'textloom-files-'));
    });
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Writes a file of text and returns its path. */
  readonly text = (name: string, text: string): string => {
    const path = join(this.path, name);
    writeFileSync(path, text);
    return path;
  };

  /** Writes a file of JSON and returns its path. */
  readonly file = (name: string, json: unknown): string => this.text(name, JSON.stringify(json));
}
