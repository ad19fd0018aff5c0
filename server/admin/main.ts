import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { assertNever } from '#shared/assert-never.ts';
import { backupCommand, restoreCommand } from '../backup/commands.ts';
import { WrongLine } from '../common/command-options.ts';
import { messageOf } from '../common/errors.ts';
import { readSettings, type Settings } from '../config.ts';
import {
  eraseNumber,
  exportEvidence,
  stopNumbers,
  verifyLedgers,
  writeSeals,
} from '../consent/consent-commands.ts';
import { readAdminLine } from './admin-line.ts';
import { baseOf, connect } from './connect.ts';
import { newGatewayKey } from './gateway-key.ts';
import { signInLink } from './sign-in-link.ts';

/** Commands for whoever runs the server, beside the running server and on its database. Returns what to tell the person. */
async function main(typed: readonly string[]): Promise<string> {
  const line = readAdminLine(typed);
  if ('help' in line) return line.help;
  const { name, args } = line;
  const settings = readSettings(process.env);
  switch (name) {
    case 'sign-in-link':
      return await connected(settings, (app) => signInLink(app, baseOf(settings), args[0]));
    case 'gateway-key':
      return await connected(settings, (app) => newGatewayKey(app, baseOf(settings), args[0]));
    case 'consent verify':
      return await connected(settings, (app) => verifyLedgers(app, args));
    case 'consent seals':
      return await connected(settings, (app) => writeSeals(app, args));
    case 'consent export':
      return await connected(settings, (app) => exportEvidence(app, args));
    case 'contacts erase':
      return await connected(settings, (app) => eraseNumber(app, args));
    case 'contacts stop':
      return await connected(settings, (app) => stopNumbers(app, args));
    case 'backup':
      return await backupCommand(settings, args[0], new Date());
    case 'restore':
      return await restoreCommand(settings, args, new Date());
    default:
      return assertNever(name);
  }
}

async function connected(
  settings: Settings,
  work: (app: INestApplicationContext) => Promise<string>,
): Promise<string> {
  const app = await connect(settings);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

main(process.argv.slice(2)).then(
  (said) => {
    console.log(said);
    process.exit(0);
  },
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(error instanceof WrongLine ? 2 : 1);
  },
);
