// Finds a nats-server, or brings Debian's without installing it. Run by itself it prints where it is.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian whose nats-server is new enough to be trusted with three replicas, whatever Debian this is. */
const RELEASE = 'trixie';
const FOLDER = fileURLToPath(new URL(`../.nats/${RELEASE}`, import.meta.url));
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

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

const PROGRAM = 'usr/sbin/nats-server';
const brought = () => join(FOLDER, PROGRAM);

function bring(say) {
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  say('unpacking the Debian package nats-server into .nats');
  // Others may be bringing it as well: it is there whole or not at all.
  const own = `${FOLDER}-${process.pid}`;
  try {
    if ([downloadNew, downloadOwn].some((download) => unpack(download, own))) renameSync(own, FOLDER);
  } catch {
    // Somebody else was faster.
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return runs(brought()) ? brought() : undefined;
}

/** Whether a package came into the folder, and its program runs here. */
function unpack(download, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (!download(folder)) return false;
  const file = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (file === undefined || spawnSync('dpkg-deb', ['-x', join(folder, file), folder]).status !== 0)
    return false;
  rmSync(join(folder, file));
  return runs(join(folder, PROGRAM));
}

/** Debian's own servers, signed by Debian, with lists that are not this machine's. */
function downloadNew(into) {
  const apt = join(into, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, folder), { recursive: true });
  const sources = join(apt, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] http://deb.debian.org/debian ${RELEASE} main\n`);
  const options = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(apt, 'lists')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
  const done = aptGet(into, [...options, 'update']) && aptGet(into, [...options, 'download', 'nats-server']);
  rmSync(apt, { recursive: true, force: true });
  return done;
}

/** This machine's, where Debian's are out of reach. */
function downloadOwn(into) {
  const download = () => aptGet(into, ['download', 'nats-server']);
  return download() || (process.getuid?.() === 0 && aptGet(into, ['update']) && download());
}

const aptGet = (folder, words) =>
  spawnSync('apt-get', ['-qq', ...words], { cwd: folder, stdio: 'ignore' }).status === 0;

const runs = (path) => existsSync(path) && spawnSync(path, ['--version']).status === 0;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findNatsServer((sentence) => console.error(`nats: ${sentence}`));
  if (!found) {
    console.error('nats: none found. Install nats-server, or give its path in NATS_SERVER.');
    process.exit(1);
  }
  console.log(found);
}
