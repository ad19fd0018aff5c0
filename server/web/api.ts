import { applyDecorators, SetMetadata, type StreamableFile, UseInterceptors } from '@nestjs/common';
import type { z } from 'zod';
import { ApiInterceptor } from './api.interceptor.ts';
import { API_SPEC, type ApiSpec } from './api-spec.ts';

type Handler<Answer> = (...args: never[]) => Promise<Answer>;
type HandlerDecorator<Answer> = <Method extends Handler<Answer>>(
  target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Declares what a route takes and gives. The handler only ever gets parsed input and has to return what is declared, so docs,
 * parsing and code cannot drift apart.
 */
export function Api<Returned extends z.ZodType = z.ZodVoid>(
  spec: Omit<ApiSpec, 'file' | 'returns'> & { returns?: Returned },
): HandlerDecorator<z.input<Returned>> {
  return declare(spec);
}

/** The same for a route that answers with a file of the media type `file`. */
export function ApiFile(
  spec: Omit<ApiSpec, 'returns'> & { file: string },
): HandlerDecorator<StreamableFile | string> {
  return declare(spec);
}

function declare<Answer>(spec: ApiSpec): HandlerDecorator<Answer> {
  return (target, name, descriptor) =>
    applyDecorators(SetMetadata(API_SPEC, spec), UseInterceptors(ApiInterceptor))(target, name, descriptor);
}
