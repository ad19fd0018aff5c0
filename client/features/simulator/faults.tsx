import { Checkbox, Stack, Title } from '@mantine/core';
import { demandsOf, type Named } from '#flows/engine/demands.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';

/** What can go wrong on purpose, as far as the flow has something that can. */
export function Faults() {
  const compiled = useRehearsal((state) => state.flow?.compiled);
  const faults = useRehearsal((state) => state.faults);
  if (!compiled) return null;
  const calls = [...compiled.nodes.values()].some(
    ({ busy, kind, waits }) => busy || (kind === 'message' && waits),
  );
  const { contests, vouchers } = demandsOf(compiled);
  const things = [
    ...keysOf(contests).map(
      (key) => ({ fault: 'closedContests', key, label: `the contest “${key}” is closed` }) as const,
    ),
    ...keysOf(vouchers).map(
      (key) => ({ fault: 'emptyPools', key, label: `the voucher pool “${key}” has no code left` }) as const,
    ),
  ];
  if (things.length === 0 && !calls) return null;
  return (
    <section>
      <Title order={3}>What if</Title>
      <Stack gap={6} mt={6}>
        {things.map(({ fault, key, label }) => (
          <Checkbox
            key={label}
            size="xs"
            label={label}
            checked={faults[fault].includes(key)}
            onChange={(event) => {
              const others = faults[fault].filter((one) => one !== key);
              rehearsal.setFaults({
                ...faults,
                [fault]: event.currentTarget.checked ? [...others, key] : others,
              });
            }}
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

const keysOf = (named: readonly Named[]): string[] => [...new Set(named.map(({ key }) => key))];
