import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';

/** Where the project lies. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The drawing of a template, as it lies in the project. */
export const templateFile = (id: string): string => join(ROOT, 'flows/templates', id, 'flow.json');

/** A folder that is there while the tests of a file run. */
export class TemporaryFolder {
  path = '';

  constructor() {
    beforeAll(() => {
      this.path = mkdtempSync(join(tmpdir(), 'textloom-cli-'));
    });
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Writes a file of JSON and returns its path. */
  readonly file = (name: string, json: unknown): string => {
    const path = join(this.path, name);
    writeFileSync(path, JSON.stringify(json));
    return path;
  };
}
