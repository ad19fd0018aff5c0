import type { z } from 'zod';
import type { Rows } from './read-rows.ts';

/** What a route takes and gives: its docs are made from this, and by this its input is read. */
export interface ApiSpec {
  /** What it does, in a line. */
  readonly summary: string;
  /** Path parameters that are not UUIDs. */
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** A list in the body that may be long: it is read a few rows at a time, so that inbound texts do not wait. */
  readonly rows?: Rows;
  /** Left out where a success has no body. */
  readonly returns?: z.ZodType;
  /** The media type of an answer that is no JSON. */
  readonly file?: string;
  /** The codes it may refuse with, by status, besides the usual ones. */
  readonly refuses?: Readonly<Record<number, readonly string[]>>;
}

/** The key under which @Api keeps its spec on a handler. */
export const API_SPEC = Symbol('api');

/** What a handler was declared with by @Api, if it was. */
export const apiSpec = (handler: object): ApiSpec | undefined => Reflect.getMetadata(API_SPEC, handler);
