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
  /** A list of the body that may be long; it is read in turns, so that texts do not wait meanwhile. */
  readonly rows?: Rows;
  /** A success without it has no body. */
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
