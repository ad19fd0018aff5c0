import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from '../config.ts';
import { Clock } from './clock.ts';
import { Log } from './log.ts';
import { Welcome } from './welcome.ts';

/** What every feature may ask for without importing a module: Config, Clock, Log, Welcome. */
@Global()
@Module({})
export class CommonModule {
  static forRoot(parts: { config: Config; clock: Clock; log: Log }): DynamicModule {
    const providers = [
      { provide: Config, useValue: parts.config },
      { provide: Clock, useValue: parts.clock },
      { provide: Log, useValue: parts.log },
      Welcome,
    ];
    return { module: CommonModule, providers, exports: [Config, Clock, Log, Welcome] };
  }
}
