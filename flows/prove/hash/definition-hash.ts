import { sorted } from '../../definition/print.ts';
import type { Definition } from '../../definition/schema.ts';
import { sha256 } from './sha256.ts';

/** A definition by everything in it but the layout. */
export const definitionHash = ({ layout: _, ...logic }: Definition): string => hashOf(logic);

/** Any JSON, whatever the order of its keys. */
export const hashOf = (json: unknown): string => sha256(JSON.stringify(sorted(json)));
