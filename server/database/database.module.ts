import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { codeOf } from '../common/errors.ts';
import { Log } from '../common/log.ts';
import { Config } from '../config.ts';
import { migrations } from '../migrations/index.ts';
import { ClockWatch } from './clock-watch.ts';
import { createDataSource } from './data-source.ts';
import { migrate, type Patience } from './migrate.ts';
import { numberKey } from './number-key.ts';
import { Transactions } from './transactions.ts';

/**
 * What has no answer after so many milliseconds was asked of a machine that is gone without a word, or is of no use to whoever asked. What
 * texts wait for is given up sooner, see LaneConnection.
 */
const LONGEST_MS = 120_000;

/**
 * Provides Transactions, and the one DataSource, connected and migrated before anything that asks for it is made.
 * Entities come from the features: whatever a module names in `TypeOrmModule.forFeature([…])`.
 */
@Module({})
export class DatabaseModule {
  static forRoot(): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [Transactions, ClockWatch],
      exports: [Transactions],
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Config, Log],
          useFactory: (config: Config, log: Log) => ({
            type: 'postgres',
            url: config.databaseUrl,
            poolSize: config.databasePool,
            autoLoadEntities: true,
            retryAttempts: 15,
            retryDelay: 2000,
            toRetry: isNotUpYet,
            extra: {
              numberKey: numberKey(config.secret),
              onWait: (waitsFor: string) =>
                log.warn({ waitsFor }, 'The upgrade of the database waits for a lock, and is tried again.'),
              onUpgraded: (migrations: readonly string[]) =>
                log.info(
                  { migrations: migrations.length, last: migrations.at(-1) },
                  'The database is up to date.',
                ),
            },
          }),
          dataSourceFactory: async (options) => {
            if (options?.type !== 'postgres' || !options.url)
              throw new Error('There is no database address.');
            const { url, poolSize: pool, entities, extra } = options;
            const run = await upgrade(createDataSource({ url, pool, migrations }), extra.onWait);
            if (run.length > 0) extra.onUpgraded(run);
            const numberKey = String(extra.numberKey);
            const parts = { url, pool, entities, migrations, numberKey, longestMs: LONGEST_MS };
            return await createDataSource(parts).initialize();
          },
        }),
      ],
    };
  }
}

/** On connections of its own: what an upgrade asks may take as long as it takes. */
async function upgrade(source: DataSource, onWait: Patience['onWait']): Promise<string[]> {
  await source.initialize();
  try {
    return await migrate(source, { onWait });
  } finally {
    await source.destroy();
  }
}

/** A database that is still starting is waited for; wrong names, passwords and schemas don't get better by waiting. */
function isNotUpYet(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'].includes(
    codeOf(error) ?? '',
  );
}
