// Finds a Chromium that really draws pages, or brings one. Run by itself it prints what it found as JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, '.chromium');
const ANSWER = join(FOLDER, 'answer.json');
const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-sync',
  '--font-render-hinting=none',
];

/**
 * @typedef {{ executablePath: string, args: string[], env: Record<string, string>, source: string, size: number }} Chromium
 */

/**
 * Looks, in this order, at CHROMIUM_PATH, an installed browser, the one that npm brought, Debian's package (root only).
 * Each is tried for real before it is believed; the answer is remembered while its file stays the same.
 * @param {(sentence: string) => void} say
 * @returns {Promise<Chromium | undefined>}
 */
export async function findChromium(say = () => {}) {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return await tried({ executablePath: asked, source: 'CHROMIUM_PATH' }, say);
  const known = remembered();
  if (known) return known;
  for (const find of [installed, packaged, debian]) {
    for await (const candidate of find(say)) {
      const found = await tried(candidate, say);
      if (!found) continue;
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(ANSWER, JSON.stringify(found));
      return found;
    }
  }
  return undefined;
}

function* installed() {
  for (const executablePath of [...onPath(), ...inUsualPlaces()]) {
    if (existsSync(executablePath)) yield { executablePath, source: 'installed on this machine' };
  }
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const ending = process.platform === 'win32' ? '.exe' : '';
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
}

function inUsualPlaces() {
  const places = {
    darwin: ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ]),
    win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
  };
  return [...(places[process.platform] ?? []), chromium.executablePath()];
}

/** The browser in the npm package, unpacked once into .chromium, with the libraries and fonts it brings along. */
async function* packaged(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const executablePath = join(FOLDER, 'chromium');
  if (!existsSync(join(FOLDER, 'unpacked'))) {
    say('unpacking the Chromium that npm brought (@sparticuz/chromium) into .chromium');
    mkdirSync(FOLDER, { recursive: true });
    const unpack = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: ROOT,
      encoding: 'utf8',
      // The package unpacks into the temporary folder, and its libraries only where it believes itself on a bare host.
      env: { ...process.env, TMPDIR: FOLDER, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    if (status !== 0) {
      say(`it could not be unpacked: ${stderr.trim().split('\n').at(-1)}`);
      return;
    }
    writeFileSync(join(FOLDER, 'fonts.conf'), fontsConfig());
    writeFileSync(join(FOLDER, 'unpacked'), '');
  }
  const env = { FONTCONFIG_FILE: join(FOLDER, 'fonts.conf') };
  const source = 'brought by npm (@sparticuz/chromium)';
  yield { executablePath, env, source };
  yield { executablePath, env: { ...env, LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib') }, source };
}

function fontsConfig() {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.fonts'),
    join(FOLDER, 'fonts'),
  ];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${join(FOLDER, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/** Debian's and Ubuntu's package, for machines where nothing else runs. */
function* debian(say) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  say('installing the package chromium with apt-get');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    options,
  );
  for (const executablePath of ['/usr/bin/chromium', '/usr/bin/chromium-browser']) {
    if (existsSync(executablePath)) yield { executablePath, source: "Debian's package chromium" };
  }
}

/** Believes a browser only when it starts, runs a script, lays out text and draws. */
async function tried({ executablePath, env = {}, source }, say) {
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  for (const tryArgs of [args, [...ARGS, '--no-sandbox']]) {
    try {
      const browser = await chromium.launch({
        executablePath,
        args: tryArgs,
        env: { ...process.env, ...env },
      });
      try {
        const page = await browser.newPage();
        await page.setContent('<span>Textloom</span><script>document.title = String(6 * 7)</script>');
        const drawn = (await page.screenshot()).length > 0 && (await page.title()) === '42';
        const width = await page.evaluate(() => document.querySelector('span').offsetWidth);
        if (!drawn || width === 0) throw new Error('it starts but draws no text');
      } finally {
        await browser.close();
      }
      return { executablePath, args: tryArgs, env, source, size: statSync(executablePath).size };
    } catch (error) {
      if (tryArgs.includes('--no-sandbox')) say(`${executablePath} does not run: ${firstLines(error)}`);
    }
  }
  return undefined;
}

function firstLines(error) {
  const lines = String(error?.message ?? error)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    lines.find((line) => /error while loading|cannot open|not found/i.test(line)) ??
    lines[0] ??
    ''
  ).slice(0, 200);
}

/** @returns {Chromium | undefined} */
function remembered() {
  try {
    const answer = JSON.parse(readFileSync(ANSWER, 'utf8'));
    return statSync(answer.executablePath).size === answer.size ? answer : undefined;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await findChromium((sentence) => console.error(`chromium: ${sentence}`));
  if (!found) {
    console.error('chromium: none found. Install Chromium or Chrome, or give its path in CHROMIUM_PATH.');
    process.exit(1);
  }
  console.log(JSON.stringify(found));
}
