import { TEMPLATES } from '#flows/templates/index.ts';
import type { Template } from '#flows/templates/template.ts';
import type { Line } from './people.ts';

/** The flow that benches run: the template people start from. */
export const doubleOptIn: Template = find();

/** What its first golden conversation says and hears: JOIN and YES. */
export const SCRIPT: readonly Line[] = pair(doubleOptIn.conversations[0]?.lines ?? []);

function find(): Template {
  const template = TEMPLATES.find(({ id }) => id === 'double-opt-in');
  if (!template) throw new Error('There is no template "double-opt-in".');
  return template;
}

function pair(lines: Template['conversations'][number]['lines']): Line[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    return 'says' in line && next && 'hears' in next ? [{ says: line.says, hears: next.hears }] : [];
  });
}
