import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { SystemClock } from '../common/clock.ts';
import { CommonModule } from '../common/common.module.ts';
import { localAddress } from '../common/local-address.ts';
import { createLog } from '../common/log.ts';
import { NestLog } from '../common/nest-log.ts';
import { completeSettings, type Settings } from '../config.ts';
import { ConsentCommandsModule } from '../consent/consent-commands.ts';
import { readHolder } from '../database/data-dir-lock.ts';
import { DatabaseModule } from '../database/database.module.ts';
import { runningDatabase } from '../database/embedded/embedded-postgres.ts';
import { holdToSecret } from '../database/hold-to-secret.ts';
import { keptSecret } from '../database/secret.ts';

/** Accounts, consent and the database of a running server: nothing that would work on messages beside it. To be closed. */
export async function connect(settings: Settings): Promise<INestApplicationContext> {
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
      module: AdminModule,
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

@Module({})
class AdminModule {}

/** Where the server is reached: what it was told, what it wrote down, or what it would listen on. */
export function baseOf(settings: Settings): string {
  return (
    settings.publicUrl ?? readHolder(settings.dataDir)?.url ?? localAddress(settings.host, settings.port)
  );
}
