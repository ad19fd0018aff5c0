import { describe, expect, test } from '@jest/globals';
import { durationSeconds } from '#flows/definition/duration.ts';
import { isLaterKind } from '#flows/engine/effects.ts';
import { Phone } from '#flows/engine/phone.ts';
import { groundOf } from '#flows/prove/ground.ts';
import type { Finding } from '#flows/prove/finding.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { bigFlow } from './big-flow.ts';
import { ask, end, FIRST, parsed, say, type Sketch } from './draw.ts';
import { smallMachine } from './small-machines.ts';

const WORLD = proofWorld({
  lists: { news: { optIn: 'double' }, club: { optIn: 'single', minimumAge: 18 } },
  otherFlows: [],
});

/** Holds a witness's conversation on a phone of its own, with the person it is given. */
function onPhone(sketch: Sketch, { witness }: Finding) {
  const { sender } = groundOf(parsed(sketch), WORLD);
  const { person, lines = [] } = witness ?? {};
  const phone = new Phone({
    world: sender,
    phone: person?.phone ?? '+12025550123',
    fields: person?.fields ?? {},
    closedContests: person?.closed ?? [],
    emptyPools: person?.emptied ?? [],
    tags: person?.tags ?? [],
    holds: true,
    startAt: 0,
  });
  phone.contact.stopped = person?.stopped ?? false;
  Object.assign(phone.contact.arms, person?.arms);
  phone.contact.ages = Object.fromEntries((person?.ages ?? []).map((years) => [years, 'confirmed']));
  for (const [list, state] of Object.entries(person?.consents ?? {})) {
    phone.contact.consents[list] = { state, because: 'import' };
  }
  const heard: string[][] = [];
  for (const line of lines) {
    if ('says' in line) heard.push(phone.says(line.says));
    if ('becomes' in line) phone.contact.consents[line.list] = { state: line.becomes, because: 'person' };
    if ('answer' in line && isLaterKind(line.answer))
      heard.push(phone.answer(line.answer, line.with, line.values));
    if ('event' in line) heard.push(phone.event(line.event, line.key ?? null, line.value ?? null));
    if ('after' in line) heard.push(phone.wait(durationSeconds(line.after)));
  }
  const steps = phone.decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
  const run = phone.contact.runs[0];
  return { phone, heard, steps, run };
}

/** Whether a conversation shows what a finding says, told from what the engine recorded and nothing else. */
function shows(sketch: Sketch, finding: Finding): boolean {
  const { steps, run, heard, phone } = onPhone(sketch, finding);
  const { node, port } = finding.place;
  switch (finding.code) {
    case 'port.open':
    case 'edge.unknown-step':
    case 'dead-end': {
      const isThere = steps.some((step) => step.do === 'pass' && step.from === node && step.port === port);
      return isThere && run?.outcome === 'dead-end';
    }
    case 'loop.no-wait':
    case 'chain.too-long':
    case 'chain.answers':
      return steps.some((step) => step.do === 'failed');
    case 'marketing.unanswered':
    case 'purpose.not-a-reply':
      return steps.some((step) => step.do === 'suppressed' && step.node === node);
    case 'retry.endless':
      return steps.filter((step) => step.do === 'pass' && step.to === node).length > 1;
    case 'age.not-asked':
    case 'opt-in.skipped':
      return Object.values(phone.contact.consents).some(({ state }) => state === 'pending');
    case 'wait.stuck':
      return run?.status === 'active' && run.wakeAt === null && run.position.node === node;
    case 'text.burst':
      return (heard.at(-1)?.length ?? 0) > 3;
    case 'variable.maybe-unset':
    case 'variable.missing':
      return steps.some(
        (step) => (step.do === 'sent' && step.node === node) || (step.do === 'pass' && step.from === node),
      );
    default:
      throw new Error(`No way to tell whether a conversation shows ${finding.code}.`);
  }
}

/** The phone settles contests, vouchers and hours itself, so it cannot hold a conversation that needs a certain answer. */
const needsAnswers = (sketch: Sketch): boolean =>
  Object.values(sketch.nodes).some(
    ([kind]) => kind === 'contest-entry' || kind === 'voucher' || kind === 'window',
  );

describe.each([
  ['with every fact in mind', {}],
  ['with facts asked anew', { exactStates: 10 }],
])('a witness found %s', (_, limits) => {
  test('does break its promise when somebody else plays it', () => {
    let played = 0;
    fc.assert(
      fc.property(smallMachine, (sketch) => {
        const { findings } = prove(parsed(sketch), WORLD, limits);
        for (const finding of findings.filter(({ witness }) => witness?.replayed)) {
          if (needsAnswers(sketch)) continue;
          expect([finding.code, finding.witness, shows(sketch, finding)]).toEqual([
            finding.code,
            finding.witness,
            true,
          ]);
          played++;
        }
      }),
      { numRuns: 100 },
    );
    expect(played).toBeGreaterThan(50);
  });
});

describe('with facts asked anew', () => {
  /** Of rounds that hang together, and of the steps of a chain, one is named, and it may be another one. */
  const kindOf = ({ code, place: { node = '', port = '' } }: Finding) =>
    ['retry.endless', 'chain.answers'].includes(code) ? code : `${code} ${node} ${port}`;
  const kinds = (findings: readonly Finding[]) => [...new Set(findings.map(kindOf))].sort();

  test('no error is overlooked', () => {
    fc.assert(
      fc.property(smallMachine, (sketch) => {
        const exact = prove(parsed(sketch), WORLD).findings.filter(
          // Whether something cannot be reached is not known where more seems possible than is.
          ({ severity, code }) => severity === 'error' && code !== 'arm.no-goal',
        );
        const loose = prove(parsed(sketch), WORLD, { exactStates: 10 }).findings;
        const all = new Set(kinds(loose));
        // A chain of answers that goes round without a wait is found as the round it is.
        if (loose.some(({ code }) => code === 'loop.no-wait')) all.add('chain.answers');
        expect(kinds(exact).filter((kind) => !all.has(kind))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('a mistake far down in a big flow is shown in a conversation that holds together', () => {
    const flow = bigFlow(200);
    const nodes = {
      ...flow.nodes,
      trap: say('Only here.', { purpose: 'marketing', list: 'club' }),
      ask: ask(FIRST),
      done: end,
    };
    const edges = flow.edges.map((line) => (line === 'day-17.next > hello-18' ? 'day-17.next > trap' : line));
    const sketch = { nodes, edges: [...edges, 'trap.next > done'] };
    const { findings, bounded } = prove(parsed(sketch), WORLD);
    expect(bounded).toBe(false);
    const found = findings.find(
      ({ code, place }) => code === 'marketing.unanswered' && place.node === 'trap',
    );
    expect(found).toMatchObject({ severity: 'error', witness: { replayed: true } });
  });
});
