import type { Publish, Version } from '#shared/api/flows.ts';
import type { ShownIssue } from '../proof/proof-messages.ts';

/** Findings of one kind at one place, which one reason accepts. */
export interface DoubtGroup {
  key: string;
  code: string;
  place: ShownIssue['place'];
  issues: readonly ShownIssue[];
}

/** Reasons by the key of what they accept. */
export type Reasons = Readonly<Record<string, string>>;

const keyOf = ({ code, place: { node, port, path } }: Pick<ShownIssue, 'code' | 'place'>): string =>
  JSON.stringify([code, node ?? null, port ?? null, path ?? null]);

/** Gathers findings by what they take one reason for, in the order they were found. */
export function groupFindings(issues: readonly ShownIssue[]): DoubtGroup[] {
  const groups = new Map<string, ShownIssue[]>();
  for (const issue of issues) groups.set(keyOf(issue), [...(groups.get(keyOf(issue)) ?? []), issue]);
  return [...groups].flatMap(([key, own]) => {
    const [first] = own;
    return first ? [{ key, code: first.code, place: first.place, issues: own }] : [];
  });
}

/** The reasons that were given for the same when the newest version was published. */
export const reasonsOf = (version: Pick<Version, 'doubts'> | undefined): Reasons =>
  Object.fromEntries(
    (version?.doubts ?? []).flatMap((doubt) => (doubt.reason === null ? [] : [[keyOf(doubt), doubt.reason]])),
  );

/** What the server is told of the reasons; null while one is missing. */
export function acceptancesOf(
  groups: readonly DoubtGroup[],
  reasons: Reasons,
): NonNullable<Publish['accepted']> | null {
  const accepted = groups.map(({ key, code, place }) => ({
    code,
    place,
    reason: reasons[key]?.trim() ?? '',
  }));
  return accepted.every(({ reason }) => reason !== '') ? accepted : null;
}
