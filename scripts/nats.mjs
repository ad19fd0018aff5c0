// Finds a nats-server, or brings Debian's without installing it. Run by itself it prints where it is.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../.nats', import.meta.url));

/**
 * Looks at NATS_SERVER, at an installed one, at the one brought earlier; else unpacks Debian's package into .nats, where no service
 * is started and nothing else is touched.
 * @param {(sentence: string) => void} say
 * @returns {string | undefined}
 */
export function findNatsServer(say = () => {}) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    '/usr/sbin',
    '/usr/local/bin',
  ];
  const places = [
    process.env.NATS_SERVER,
    ...folders.map((folder) => join(folder, 'nats-server')),
    brought(),
  ];
  return places.find((path) => path && runs(path)) ?? bring(say);
}

const brought = () => join(FOLDER, 'usr/sbin/nats-server');

function bring(say) {
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  say('unpacking the Debian package nats-server into .nats');
  mkdirSync(FOLDER, { recursive: true });
  const download = () =>
    spawnSync('apt-get', ['download', '-qq', 'nats-server'], { cwd: FOLDER, stdio: 'ignore' });
  if (download().status !== 0) {
    if (process.getuid?.() !== 0) return undefined;
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    if (download().status !== 0) return undefined;
  }
  const file = readdirSync(FOLDER).find((name) => name.endsWith('.deb'));
  if (file === undefined || spawnSync('dpkg-deb', ['-x', join(FOLDER, file), FOLDER]).status !== 0)
    return undefined;
  return runs(brought()) ? brought() : undefined;
}

const runs = (path) => existsSync(path) && spawnSync(path, ['--version']).status === 0;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findNatsServer((sentence) => console.error(`nats: ${sentence}`));
  if (!found) {
    console.error('nats: none found. Install nats-server, or give its path in NATS_SERVER.');
    process.exit(1);
  }
  console.log(found);
}
