import { Checkbox, Stack, Title } from '@mantine/core';
import { contestEntryConfig } from '#flows/nodes/contest-entry/definition.ts';
import { voucherConfig } from '#flows/nodes/voucher/definition.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';

/** What can go wrong on purpose, as far as the flow has something that can. */
export function Faults() {
  const nodes = useRehearsal((state) => state.flow?.compiled.definition.nodes);
  const faults = useRehearsal((state) => state.faults);
  const calls = useRehearsal((state) =>
    [...(state.flow?.compiled.nodes.values() ?? [])].some(
      ({ busy, kind, waits }) => busy || (kind === 'message' && waits),
    ),
  );
  const { closedContests, emptyPools } = faults;
  const contests = new Set(
    nodes?.flatMap(({ kind, config }) => {
      const entry = kind === 'contest-entry' ? contestEntryConfig.safeParse(config) : null;
      return entry?.success ? [entry.data.contest] : [];
    }),
  );
  const pools = new Set(
    nodes?.flatMap(({ kind, config }) => {
      const claim = kind === 'voucher' ? voucherConfig.safeParse(config) : null;
      return claim?.success ? [claim.data.pool] : [];
    }),
  );
  if (contests.size === 0 && pools.size === 0 && !calls) return null;
  return (
    <section>
      <Title order={3}>What if</Title>
      <Stack gap={6} mt={6}>
        {[...contests].map((contest) => (
          <Checkbox
            key={contest}
            size="xs"
            label={`the contest “${contest}” is closed`}
            checked={closedContests.includes(contest)}
            onChange={(event) =>
              rehearsal.setFaults({
                ...faults,
                closedContests: event.currentTarget.checked
                  ? [...closedContests, contest]
                  : closedContests.filter((one) => one !== contest),
              })
            }
          />
        ))}
        {[...pools].map((pool) => (
          <Checkbox
            key={pool}
            size="xs"
            label={`the voucher pool “${pool}” has no code left`}
            checked={emptyPools.includes(pool)}
            onChange={(event) =>
              rehearsal.setFaults({
                ...faults,
                emptyPools: event.currentTarget.checked
                  ? [...emptyPools, pool]
                  : emptyPools.filter((one) => one !== pool),
              })
            }
          />
        ))}
        {calls ? (
          <Checkbox
            size="xs"
            label="I say what others answer (web requests, e-mail, whether a text arrives)"
            checked={faults.holds}
            onChange={(event) => rehearsal.setFaults({ ...faults, holds: event.currentTarget.checked })}
          />
        ) : null}
      </Stack>
    </section>
  );
}
