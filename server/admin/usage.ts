/** The commands beside a running server, as the help names them: what is typed, and what comes of it. */
const ADMIN_USAGE: readonly (readonly [typed: string, does: string])[] = [
  ['sign-in-link [e-mail]', 'a new one-time link for the owner, or for the person with this address'],
  [
    'gateway-key <id>',
    "a new key for a gateway's address, the old one stops counting within seconds; without an id it lists them",
  ],
  ['consent verify', 'walks the consent ledger and says the first broken link, with exit code 1'],
  [
    'consent export <number>',
    'all that proves what somebody agreed to and took back, as JSON; --csv as a table',
  ],
  ['contacts erase <number>', 'forgets a person; a print of the number keeps what they stopped'],
  [
    'contacts stop <file>',
    'stops everybody whose number is in the file: given-up ones, or with --sender 12345 its carrier’s opt-outs',
  ],
  ['backup <folder>', 'the whole database into a new folder, while the server works'],
  [
    'restore <folder>',
    'such a folder into an empty database or data folder; --stop-sending lets nothing go out yet',
  ],
];

/** The same as lines of a help text. */
export const adminUsage = (width: number): string =>
  ADMIN_USAGE.map(([typed, does]) => `  ${typed.padEnd(width)} ${does}`).join('\n');
