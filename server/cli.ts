import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccountsModule } from './accounts/accounts.module.ts';
import { PeopleRepository } from './accounts/people.repository.ts';
import { LINK_LASTS, SignInLinks } from './accounts/sign-in-links.service.ts';
import { SystemClock } from './common/clock.ts';
import { CommonModule } from './common/common.module.ts';
import { messageOf } from './common/errors.ts';
import { localAddress } from './common/local-address.ts';
import { createLog } from './common/log.ts';
import { NestLog } from './common/nest-log.ts';
import { completeSettings, readSettings, type Settings } from './config.ts';
import { readHolder } from './database/data-dir-lock.ts';
import { DatabaseModule } from './database/database.module.ts';
import { runningDatabase } from './database/embedded/embedded-postgres.ts';
import { holdToSecret } from './database/hold-to-secret.ts';
import { keptSecret } from './database/secret.ts';

const USAGE = `npm run textloom -- <command>

  sign-in-link [e-mail]   a new one-time link for the owner, or for the person with this address`;

/** Commands for whoever runs the server, beside the running server and on its database. */
async function main([command, ...rest]: string[]): Promise<string> {
  if (command === 'sign-in-link') return await signInLink(readSettings(process.env), rest[0]);
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
