import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { Config } from '../config.ts';
import { type ApiSpec, apiSpec } from './api-spec.ts';
import { readInput, readInputInTurns } from './read-input.ts';

/** Reads the input of a route by its @Api; outside production it also holds the answer to what @Api promises. */
@Injectable()
export class ApiInterceptor implements NestInterceptor {
  constructor(private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const spec = apiSpec(context.getHandler());
    if (!spec) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (spec.rows)
      return from(readInputInTurns(spec, spec.rows, request)).pipe(
        mergeMap(() => this.held(spec, context, next)),
      );
    readInput(spec, request);
    return this.held(spec, context, next);
  }

  /** The answer, as it was promised. */
  private held(
    { returns }: ApiSpec,
    context: ExecutionContext,
    next: CallHandler<unknown>,
  ): Observable<unknown> {
    if (!returns || this.config.nodeEnv === 'production') return next.handle();
    return next.handle().pipe(
      map((answer) => {
        const kept = returns.safeParse(answer);
        if (kept.success) return answer;
        throw new Error(`The answer is not what ${context.getClass().name} promises.`, { cause: kept.error });
      }),
    );
  }
}
