import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccountsModule } from './accounts/accounts.module.ts';
import { PeopleRepository } from './accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from './accounts/sign-in-links.service.ts';
import { backupCommand, restoreCommand } from './backup/commands.ts';
import { SystemClock } from './common/clock.ts';
import { CommonModule } from './common/common.module.ts';
import { messageOf } from './common/errors.ts';
import { localAddress } from './common/local-address.ts';
import { createLog } from './common/log.ts';
import { NestLog } from './common/nest-log.ts';
import { completeSettings, readSettings, type Settings } from './config.ts';
import {
  ConsentCommandsModule,
  eraseNumber,
  exportEvidence,
  verifyLedgers,
} from './consent/consent-commands.ts';
import { readHolder } from './database/data-dir-lock.ts';
import { DatabaseModule } from './database/database.module.ts';
import { runningDatabase } from './database/embedded/embedded-postgres.ts';
import { holdToSecret } from './database/hold-to-secret.ts';
import { keptSecret } from './database/secret.ts';

const USAGE = `npm run textloom -- <command>

  sign-in-link [e-mail]   a new one-time link for the owner, or for the person with this address
  gateway-key <id>        a new key for a gateway's address; the old one stops counting within seconds
  consent verify          walks the consent ledger and says the first broken link, with exit code 1
  consent export <number> all that proves what somebody agreed to and took back, as JSON; --csv as a table
  contacts erase <number> forgets a person; a print of the number keeps what they stopped
  backup <folder>         the whole database into a new folder, while the server works
  restore <folder>        such a folder into an empty database or data folder`;

/** Commands for whoever runs the server, beside the running server and on its database. */
async function main([command, ...rest]: string[]): Promise<string> {
  if (command === 'sign-in-link') return await signInLink(readSettings(process.env), rest[0]);
  if (command === 'gateway-key') return await newGatewayKey(readSettings(process.env), rest[0]);
  if (command === 'consent' || command === 'contacts') return await aboutConsent([command, ...rest]);
  if (command === 'backup') return await backupCommand(readSettings(process.env), rest[0], new Date());
  if (command === 'restore') return await restoreCommand(readSettings(process.env), rest[0]);
  throw new Error(command === undefined ? USAGE : `There is no command ${command}.\n\n${USAGE}`);
}

async function signInLink(settings: Settings, email: string | undefined): Promise<string> {
  const app = await connect(settings);
  try {
    const people = app.get(PeopleRepository);
    const person = email === undefined ? await people.firstOwner() : await people.findByEmail(email);
    if (!person)
      throw new Error(email ? `Nobody here has the e-mail address ${email}.` : 'There is no owner yet.');
    const { path } = await app.get(SignInLinks).issue(person, LINK_LASTS.handed);
    return `Sign in within 15 minutes, once, with: ${baseOf(settings)}${path}`;
  } finally {
    await app.close();
  }
}

/** For a key that somebody may have seen: whoever knows it can post texts. */
async function newGatewayKey(settings: Settings, id: string | undefined): Promise<string> {
  const app = await connect(settings);
  try {
    const source = app.get(DataSource);
    const key = randomBytes(24).toString('base64url');
    const [changed]: [{ kind: string; name: string }[], number] = await source.query(
      'update gateways set key = $2 where id::text = $1 returning kind, name',
      [id ?? '', key],
    );
    const [gateway] = changed;
    if (!gateway) {
      const all: { id: string; name: string }[] = await source.query(
        'select id, name from gateways order by name',
      );
      const list = all.map((one) => `  ${one.id}  ${one.name}`).join('\n');
      throw new Error(`Say which gateway, by its id:\n${list}`);
    }
    return `${gateway.name} is now reached at ${baseOf(settings)}/in/${gateway.kind}/${key}. Tell the carrier.`;
  } finally {
    await app.close();
  }
}

/** Commands about what people agreed to. */
async function aboutConsent([subject, act, ...args]: string[]): Promise<string> {
  const commands = new Map([
    ['consent verify', verifyLedgers],
    ['consent export', exportEvidence],
    ['contacts erase', eraseNumber],
  ]);
  const command = commands.get(`${subject} ${act}`);
  if (!command) throw new Error(`There is no command ${subject} ${act ?? ''}.\n\n${USAGE}`);
  const app = await connect(readSettings(process.env));
  try {
    return await command(app, args);
  } finally {
    await app.close();
  }
}

/** Only accounts and the database: nothing that would work on messages beside the server. */
async function connect(settings: Settings) {
  const databaseUrl = settings.databaseUrl ?? runningDatabase(settings.dataDir);
  if (databaseUrl === undefined) {
    throw new Error(
      `Textloom does not run on ${settings.dataDir}. Start it first (npm start), or say where it runs with DATA_DIR ` +
        'or DATABASE_URL.',
    );
  }
  const log = createLog('warn');
  const config = completeSettings(settings, {
    databaseUrl,
    secret: settings.secret ?? keptSecret(settings.dataDir),
  });
  const app = await NestFactory.createApplicationContext(
    {
      module: CommandModule,
      imports: [
        CommonModule.forRoot({ config, clock: new SystemClock(), log }),
        DatabaseModule.forRoot(),
        AccountsModule,
        ConsentCommandsModule,
      ],
    },
    { logger: new NestLog(log), abortOnError: false },
  );
  await holdToSecret(app.get(DataSource), config.secret);
  return app;
}

/** Where the server is reached: what it was told, what it wrote down, or what it would listen on. */
function baseOf(settings: Settings): string {
  return (
    settings.publicUrl ?? readHolder(settings.dataDir)?.url ?? localAddress(settings.host, settings.port)
  );
}

@Module({})
class CommandModule {}

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
