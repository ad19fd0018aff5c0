import type { NodeIssue } from './node-kind.ts';

/** The issues of a list whose items must have different ids, such as the cases of a branch. */
export function repeatedIds(items: readonly { id: string }[], path: string): NodeIssue[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        code: 'port.repeated',
        severity: 'error' as const,
        message: `Two ways out have the name "${id}". Give each a name of its own.`,
        path: `${path}.${at}.id`,
      },
    ];
  });
}
