import { type CommandOptions, optionLines } from '../common/command-options.ts';

/** A command beside a running server. */
export interface AdminCommand {
  /** One word, or two of which the first is what it is about. */
  name: AdminName;
  /** What stands behind its name: "<number>". */
  usage: string;
  summary: string;
  options: CommandOptions;
}

export type AdminName =
  | 'sign-in-link'
  | 'gateway-key'
  | 'consent verify'
  | 'consent seals'
  | 'consent export'
  | 'contacts erase'
  | 'contacts stop'
  | 'backup'
  | 'restore';

/** All of them, as the help names them. */
export const ADMIN_COMMANDS: readonly AdminCommand[] = [
  {
    name: 'sign-in-link',
    usage: '[e-mail]',
    summary: 'a new one-time link for the owner, or for the person with this address',
    options: {},
  },
  {
    name: 'gateway-key',
    usage: '<id>',
    summary:
      "a new key for a gateway's address, the old one stops counting within seconds; without an id it lists them",
    options: {},
  },
  {
    name: 'consent verify',
    usage: '',
    summary: 'walks the consent ledger and says the first broken link, with exit code 1',
    options: {
      seals: { value: 'FILE', says: 'seals that were kept elsewhere have to be those of the ledger' },
    },
  },
  {
    name: 'consent seals',
    usage: '',
    summary: 'the seal of every day of the consent ledger, a line each, to be kept elsewhere',
    options: { since: { value: 'DAY', says: 'from this day on, such as 2026-03-01' } },
  },
  {
    name: 'consent export',
    usage: '<number>',
    summary: 'all that proves what somebody agreed to and took back, as JSON; --csv as a table',
    options: { csv: { says: 'as a table instead of JSON' } },
  },
  {
    name: 'contacts erase',
    usage: '<number>',
    summary: 'forgets a person; a print of the number keeps what they stopped',
    options: {},
  },
  {
    name: 'contacts stop',
    usage: '<file>',
    summary:
      'stops everybody whose number is in the file: given-up ones, or with --sender 12345 its carrier’s opt-outs',
    options: { sender: { value: 'ADDRESS', says: 'they have stopped this sender’s program, and no other' } },
  },
  {
    name: 'backup',
    usage: '<folder>',
    summary: 'the whole database into a new folder, while the server works',
    options: {},
  },
  {
    name: 'restore',
    usage: '<folder>',
    summary: 'such a folder into an empty database or data folder; --stop-sending lets nothing go out yet',
    options: { 'stop-sending': { says: 'nothing goes out until somebody lets it go' } },
  },
];

/** All of them as lines of a help text. */
export const adminUsage = (width: number): string =>
  ADMIN_COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(width)} ${summary}`).join(
    '\n',
  );

/** Tells of the one with this name, or of all that are about it ("consent"); null where there is none. */
export function adminHelp(name: string): string | null {
  const told = ADMIN_COMMANDS.filter((one) => one.name === name || one.name.startsWith(`${name} `));
  return told.length === 0 ? null : told.map(helpOf).join('\n\n');
}

function helpOf({ name, usage, summary, options }: AdminCommand): string {
  const typed = ['npm run textloom --', name, usage].filter(Boolean).join(' ');
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return [typed, sentence, optionLines(options)].filter(Boolean).join('\n\n');
}
