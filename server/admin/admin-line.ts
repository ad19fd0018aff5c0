import { asksForHelp, nearest, sortArguments, WrongLine } from '../common/command-options.ts';
import { ADMIN_COMMANDS, type AdminName, adminHelp, adminUsage } from './usage.ts';

/** A command beside the server with what was typed behind it, or the help that was asked for. */
export type AdminLine = { name: AdminName; args: readonly string[] } | { help: string };

/** Reads a command line. Throws a WrongLine where there is no such command, or it has no such option. */
export function readAdminLine(typed: readonly string[]): AdminLine {
  const command = ADMIN_COMMANDS.find(({ name }) => `${typed.join(' ')} `.startsWith(`${name} `));
  const [subject = ''] = typed;
  if (!command) {
    const isAsked = asksForHelp(typed, {});
    if (typed.length === 0 || isAsked) return { help: adminHelp(subject) ?? ALL };
    throw noSuchCommand(subject, typed[1] ?? '');
  }
  const { name, options } = command;
  const args = typed.slice(name.split(' ').length);
  if (asksForHelp(args, options)) return { help: adminHelp(name) ?? ALL };
  sortArguments(name, options, args);
  return { name, args };
}

const ALL = `npm run textloom -- <command>\n\n${adminUsage(23)}`;

function noSuchCommand(subject: string, what: string): WrongLine {
  const typed = `${subject} ${what}`.trim();
  const near = nearest(
    typed,
    ADMIN_COMMANDS.map(({ name }) => name),
  );
  const hint = near === null ? '' : ` Do you mean ${near}?`;
  return new WrongLine(`There is no command "${typed}".${hint}\n\n${adminHelp(subject) ?? ALL}`);
}
