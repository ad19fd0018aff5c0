import { error, type Issue, warning } from '#flows/definition/issue.ts';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { drawnNode, flatten } from '#flows/engine/flatten.ts';
import type { Trigger } from '#flows/definition/schema.ts';
import type { LiveTrigger } from '../settings/keywords/keywords.repository.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { listeningSenders } from './listening-senders.ts';
import { takenBy } from './taken.ts';

/** What a flow is held against besides itself: what its workspace has, and what the other live flows have taken. */
export interface Surroundings {
  lists: readonly string[];
  contests: readonly string[];
  vouchers: readonly { key: string; isOpen: boolean }[];
  senders: readonly { address: string; kind: string; country: string }[];
  /** What starts the other live flows. */
  triggers: readonly LiveTrigger[];
  /** Experiments of other flows, by key: whose each is. */
  experiments: ReadonlyMap<string, string>;
}

/** What stands between a flow and its publication in this workspace, beyond what `inspect` sees in the drawing. */
export function inspectSurroundings(flow: ParsedFlow, around: Surroundings): Issue[] {
  const demands = demandsOf(flow);
  // What flows inside ask for has to be there too; their tests are their own.
  const inside = demandsOf(flatten(flow));
  const unknown = (
    code: string,
    what: string,
    where: string,
    known: readonly string[],
    named: typeof demands.lists,
  ) =>
    named
      .filter(({ key }) => !known.includes(key))
      .map(({ key, node }) =>
        error(code, `There is no ${what} “${key}”. Add it ${where}, or choose another one.`, {
          node: drawnNode(node),
        }),
      );
  return [
    ...unknown('list.unknown', 'list', 'in Settings', around.lists, inside.lists),
    ...unknown('contest.unknown', 'contest', 'under Contests', around.contests, inside.contests),
    ...unknown(
      'voucher.unknown',
      'pool of vouchers',
      'under Vouchers',
      around.vouchers.map(({ key }) => key),
      inside.vouchers,
    ),
    ...inside.vouchers.flatMap(({ key, node }) =>
      around.vouchers.some((pool) => pool.key === key && !pool.isOpen)
        ? [
            warning(
              'voucher.closed',
              `The pool of vouchers “${key}” is closed or out of date, so nobody gets a code. Open it under Vouchers, or choose another one.`,
              { node: drawnNode(node) },
            ),
          ]
        : [],
    ),
    ...demands.experiments.flatMap(({ key, node }) => {
      const owner = around.experiments.get(key);
      if (owner === undefined) return [];
      return [
        error('experiment.taken', `The test “${key}” belongs to “${owner}”. Give this one another name.`, {
          node,
        }),
      ];
    }),
    ...twiceTested(demands.experiments),
    ...flow.definition.triggers.flatMap((trigger, at) => [
      ...senderIssues(trigger, at, around),
      ...takenBy(trigger, at, around.triggers),
    ]),
  ];
}

/** The countries whose reserved words count for a flow: those of the senders it listens on. */
export function countriesOf(
  { definition }: ParsedFlow,
  { senders }: Pick<Surroundings, 'senders'>,
): string[] {
  const listening = listeningSenders(definition.triggers, senders);
  return [...new Set((listening.length > 0 ? listening : senders).map(({ country }) => country))];
}

function twiceTested(experiments: ReturnType<typeof demandsOf>['experiments']): Issue[] {
  return experiments
    .filter(({ key, node }) => experiments.find((other) => other.key === key)?.node !== node)
    .map(({ key, node }) =>
      error('experiment.twice', `The test “${key}” is drawn twice. Give this one another name.`, { node }),
    );
}

function senderIssues({ sender }: Trigger, at: number, { senders }: Surroundings): Issue[] {
  if (sender === '*') return [];
  const place = { path: `triggers.${at}.sender` };
  const found = senders.find(({ address }) => address === sender);
  if (!found)
    return [error('trigger.sender-unknown', `There is no sender ${sender}. Choose one of yours.`, place)];
  if (found.kind !== 'alphanumeric') return [];
  return [
    error('trigger.one-way', `Nobody can text to ${sender}: a name only sends. Choose a number.`, place),
  ];
}
