import {
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config.ts';

@Injectable()
class PublicUrl implements PipeTransform<string, string> {
  constructor(private readonly config: Config) {}

  transform(asked: string): string {
    return this.config.publicUrl ?? asked;
  }
}

const AskedUrl = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { protocol, host } = context.switchToHttp().getRequest<FastifyRequest>();
  return `${protocol}://${host}`;
});

/** A parameter: how people reach this server, for links. PUBLIC_URL, or the address this very request came to. */
export const BaseUrl = (): ParameterDecorator => AskedUrl(PUBLIC_URL);

const PUBLIC_URL: Type<PipeTransform> = PublicUrl;
