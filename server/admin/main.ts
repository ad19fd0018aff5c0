import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { backupCommand, restoreCommand } from '../backup/commands.ts';
import { messageOf } from '../common/errors.ts';
import { readSettings, type Settings } from '../config.ts';
import { eraseNumber, exportEvidence, stopNumbers, verifyLedgers } from '../consent/consent-commands.ts';
import { baseOf, connect } from './connect.ts';
import { newGatewayKey } from './gateway-key.ts';
import { signInLink } from './sign-in-link.ts';
import { adminUsage } from './usage.ts';

const USAGE = `npm run textloom -- <command>\n\n${adminUsage(23)}`;

/** Commands for whoever runs the server, beside the running server and on its database. Returns what to tell the person. */
async function main([command, ...rest]: string[]): Promise<string> {
  const settings = readSettings(process.env);
  switch (command) {
    case 'sign-in-link':
      return await connected(settings, (app) => signInLink(app, baseOf(settings), rest[0]));
    case 'gateway-key':
      return await connected(settings, (app) => newGatewayKey(app, baseOf(settings), rest[0]));
    case 'consent':
    case 'contacts':
      return await aboutConsent(settings, `${command} ${rest[0] ?? ''}`, rest.slice(1));
    case 'backup':
      return await backupCommand(settings, rest[0], new Date());
    case 'restore':
      return await restoreCommand(settings, rest, new Date());
    default:
      throw new Error(command === undefined ? USAGE : `There is no command ${command}.\n\n${USAGE}`);
  }
}

async function aboutConsent(settings: Settings, name: string, args: readonly string[]): Promise<string> {
  const command = new Map([
    ['consent verify', verifyLedgers],
    ['consent export', exportEvidence],
    ['contacts erase', eraseNumber],
    ['contacts stop', stopNumbers],
  ]).get(name);
  if (!command) throw new Error(`There is no command ${name}.\n\n${USAGE}`);
  return await connected(settings, (app) => command(app, args));
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
    process.exit(1);
  },
);
