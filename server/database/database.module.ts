import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { codeOf } from '../common/errors.ts';
import { Log } from '../common/log.ts';
import { Config } from '../config.ts';
import { migrations } from '../migrations/index.ts';
import { createDataSource } from './data-source.ts';
import { migrate, type Patience } from './migrate.ts';
import { numberKey } from './number-key.ts';
import { Transactions } from './transactions.ts';

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
      providers: [Transactions],
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
            },
          }),
          dataSourceFactory: async (options) => {
            if (options?.type !== 'postgres' || !options.url)
              throw new Error('There is no database address.');
            const { url, poolSize: pool, entities, extra } = options;
            const parts = { url, pool, entities, migrations, numberKey: String(extra.numberKey) };
            return await connect(createDataSource(parts), extra.onWait);
          },
        }),
      ],
    };
  }
}

async function connect(source: DataSource, onWait: Patience['onWait']): Promise<DataSource> {
  await source.initialize();
  try {
    await migrate(source, { onWait });
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** A database that is still starting is waited for; wrong names, passwords and schemas don't get better by waiting. */
function isNotUpYet(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'].includes(
    codeOf(error) ?? '',
  );
}
