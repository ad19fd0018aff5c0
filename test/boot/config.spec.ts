import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readSettings } from '#server/config.ts';

describe('the environment', () => {
  it('needs nothing said', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      trustProxy: false,
      logLevel: 'info',
      demo: true,
    });
  });

  it('counts empty variables as absent and keeps the demo away from a database of one’s own', () => {
    const settings = readSettings({ PORT: '', PUBLIC_URL: ' ', DATABASE_URL: 'postgres://u:p@db/textloom' });
    expect(settings).toMatchObject({ port: 3000, publicUrl: undefined, demo: false });
  });

  it('reads what is said', () => {
    const settings = readSettings({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://text.example.com/',
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
      DEMO: 'off',
    });
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      publicUrl: 'https://text.example.com',
      trustProxy: ['10.0.0.0/8', '127.0.0.1'],
      demo: false,
    });
    expect(readSettings({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
    expect(readSettings({ TRUST_PROXY: 'on' }).trustProxy).toBe(true);
  });

  it('can’t be changed afterwards', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true);
  });

  it('names every mistake at once, in sentences', () => {
    const read = () =>
      readSettings({ PORT: '80a', LOG_LEVEL: 'loud', SECRET: 'short', DATABASE_URL: 'mysql://x/y' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(
      [
        'PORT must be a whole number from 0 to 65535, not “80a”.',
        'DATABASE_URL must be an address such as postgres://user:password@host:5432/name.',
        'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace, not “loud”.',
        'SECRET must have at least 32 characters.',
      ].join('\n'),
    );
  });

  it.each(['README.md', 'docs/operations.md'])('is described in %s, with its defaults', (file) => {
    const { nodeEnv, dataDir, ...settings } = readSettings({});
    const is = new Map(Object.entries({ ...settings, dataDir: `./${relative('', dataDir)}` }));
    const described = describedIn(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
    expect([...described.keys()].sort()).toEqual([...is.keys()].sort());
    for (const [name, value] of described) {
      if (value !== '' && typeof is.get(name) !== 'boolean')
        expect([name, value]).toEqual([name, String(is.get(name))]);
    }
  });
});

/** The settings in the table of a page, named as in the code, each with its default; empty where there is none or it is told in words. */
function describedIn(page: string): Map<string, string> {
  const rows = page.matchAll(/^\| ((?:`[A-Z_]+`,? )+)\| ?((?:`[^`]*`,? )*)[^|]*\|/gm);
  return new Map(
    [...rows].flatMap(([, names = '', defaults = '']) => {
      const values = quoted(defaults);
      return quoted(names).map((name, at): [string, string] => [camelCase(name), values[at] ?? '']);
    }),
  );
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]*)`/g)].map(([, inside = '']) => inside);

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
