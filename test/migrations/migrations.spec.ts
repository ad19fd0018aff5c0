import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { migrate, MIGRATIONS } from '#flows/definition/migrations/migrate.ts';
import { parse } from '#flows/definition/parse.ts';
import { SCHEMA_VERSION } from '#flows/definition/schema.ts';
import * as fc from '../support/properties.ts';

const fixture = (version: number) => new URL(`./fixtures/v${version}.json`, import.meta.url);

describe('migrations of the flow format', () => {
  test('come in order, one a version, and say why', () => {
    expect(MIGRATIONS.map(({ to }) => to)).toEqual(
      Array.from({ length: SCHEMA_VERSION - 1 }, (_, n) => n + 2),
    );
    for (const { why } of MIGRATIONS) expect(why.length).toBeGreaterThan(40);
  });

  test.each(Array.from({ length: SCHEMA_VERSION }, (_, n) => n + 1))(
    'a flow of format %d opens today',
    (version) => {
      expect(existsSync(fixture(version))).toBe(true);
      const json: unknown = JSON.parse(readFileSync(fixture(version), 'utf8'));
      expect(json).toHaveProperty('schemaVersion', version);
      const flow = parse(json);
      expect(flow.issues).toEqual([]);
      expect(flow.definition?.schemaVersion).toBe(SCHEMA_VERSION);
    },
  );

  test('leave the JSON they are given as it is', () => {
    const json = JSON.parse(readFileSync(fixture(1), 'utf8'));
    const before = structuredClone(json);
    migrate(json);
    expect(json).toEqual(before);
  });

  test('a flow drawn with a newer Textloom is refused with a sentence', () => {
    const newer = { schemaVersion: SCHEMA_VERSION + 1, name: 'Newer', nodes: [], edges: [], start: null };
    const flow = parse(newer);
    expect(flow.definition).toBeNull();
    expect(flow.issues).toMatchObject([
      { code: 'definition.newer', severity: 'error', place: { path: 'schemaVersion' } },
    ]);
    expect(flow.issues[0]?.message).toMatch(/Upgrade Textloom/);
  });

  test('nothing that is no version is taken for one', () => {
    const versions = fc.oneof(
      fc.double().filter((n) => !Number.isInteger(n)),
      fc.integer({ max: 0 }),
      fc.string(),
      fc.constant(null),
    );
    fc.assert(fc.property(versions, (schemaVersion) => 'issue' in migrate({ schemaVersion })));
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof migrate(json) === 'object'));
  });
});
