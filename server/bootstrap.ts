import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.ts';
import { serveClient } from './web/client-files.ts';
import type { Clock } from './common/clock.ts';
import { CommonModule } from './common/common.module.ts';
import { createHttpAdapter } from './web/http-adapter.ts';
import { createLog, type Log } from './common/log.ts';
import { localAddress } from './common/local-address.ts';
import { NestLog } from './common/nest-log.ts';
import { SharedClock } from './common/shared-clock.ts';
import { ProblemFilter } from './web/problem.filter.ts';
import { addSecurityHeaders } from './web/security-headers.ts';
import { SocketAdapter } from './web/socket-adapter.ts';
import type { Config } from './config.ts';
import { DatabaseModule } from './database/database.module.ts';
import { holdToSecret } from './database/hold-to-secret.ts';

/** A server that listens. */
export interface RunningApp {
  /** Where it listens, without a trailing slash: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Answers what is under way, then lets go of port and database. */
  close(): Promise<void>;
}

/** What a test may replace. */
export interface BootstrapParts {
  readonly clock?: Clock;
  readonly log?: Log;
  /** Where the built client lies; a server without one answers the API only. */
  readonly clientFolder?: string;
  /** Laid beside the app's own modules. */
  readonly modules?: readonly DynamicModule[];
}

/** Builds the whole server on an existing database and starts to listen. */
export async function bootstrap(config: Config, parts: BootstrapParts = {}): Promise<RunningApp> {
  const clock = parts.clock ?? new SharedClock();
  const log = parts.log ?? createLog(config.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: RootModule,
      imports: [
        CommonModule.forRoot({ config, clock, log }),
        DatabaseModule.forRoot(),
        AppModule,
        ...(parts.modules ?? []),
      ],
    },
    createHttpAdapter(config, clock, log),
    {
      logger: new NestLog(log),
      rawBody: true,
      abortOnError: false,
    },
  );
  try {
    await holdToSecret(app.get(DataSource), config.secret);
    app.useGlobalFilters(new ProblemFilter(log));
    app.useWebSocketAdapter(new SocketAdapter(app, config, log));
    await addSecurityHeaders(
      app.getHttpAdapter().getInstance(),
      config.publicUrl?.startsWith('https:') ?? false,
    );
    await app.register(fastifyCookie);
    await serveClient(app.getHttpAdapter().getInstance(), parts.clientFolder ?? builtClient());
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return { url: localUrl(app), app, close: () => app.close() };
}

@Module({})
class RootModule {}

function localUrl(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') return String(address);
  return localAddress(address.address, address.port);
}

/** dist/client of this checkout, whether this file runs from its source or from dist. */
function builtClient(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'dist', 'client');
}
