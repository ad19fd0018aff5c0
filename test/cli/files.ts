import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the project lies. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The drawing of a template, as it lies in the project. */
export const templateFile = (id: string): string => join(ROOT, 'flows/templates', id, 'flow.json');
