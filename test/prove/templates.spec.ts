import { describe, expect, test } from '@jest/globals';
import { COUNTRIES } from '#shared/sms/countries/index.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld, seenByOthers } from '#flows/prove/world.ts';
import { read } from './draw.ts';

const countries = COUNTRIES.flatMap(({ country }) => country ?? []);
const flows = TEMPLATES.map(({ id, definition, lists }) => ({
  id,
  parsed: read(definition),
  lists: Object.fromEntries(lists.map(({ key, optIn }) => [key, { optIn }])),
}));

describe.each(flows.map((flow) => [flow.id, flow] as const))('template %s', (_, { id, parsed, lists }) => {
  test.each(countries)('keeps every promise in %s, beside all the other templates', (country) => {
    const otherFlows = flows.filter((flow) => flow.id !== id).map((flow) => seenByOthers(flow.parsed));
    const world = proofWorld({ country, lists, otherFlows });
    const { findings, bounded, notChecked, certificate, covered } = prove(parsed, world);
    expect(findings).toEqual([]);
    expect([bounded, certificate.exact, notChecked]).toEqual([false, true, []]);
    expect(certificate.results.every(({ verdict }) => verdict === 'holds')).toBe(true);
    const lines = parsed.definition.edges.map(({ from, port }) => `${from}.${port}`);
    expect(lines.filter((line) => !covered.passages.has(line))).toEqual([]);
  });
});
