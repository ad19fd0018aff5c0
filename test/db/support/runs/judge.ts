import { groupBy } from '#server/common/group-by.ts';
import type { OrderResult } from '#shared/api/orders.ts';
import type { Stage } from './cluster.ts';
import { REMINDED, REMINDER, VERSIONS } from './flows.ts';
import type { CallRow, Change, History, MovedRow, OrderRow, RunRow, TrailRow } from './history.ts';

/** What the story itself knows. */
export interface Told {
  /** What came of each order that was placed under one key. */
  orders: { results: OrderResult[] }[];
  /** Campaigns whose cancelling was answered, and the last change before that. */
  cancelled: { id: string; n: number }[];
  /** The latest that the clock ever showed. */
  latest: number;
  wasSetBack: boolean;
  /** How far clocks of two nodes ever were apart, in milliseconds. */
  apart: number;
}

interface Texting {
  phone: string;
  /** Their texts, in the order in which they were accepted. */
  texts: readonly string[];
}

/** How texts begin that are ordered; no two are alike. */
export const NEWS = 'News ';

/** Nodes' clocks agree that well where none is wrong, in milliseconds. */
export const SKEW_MS = 1_000;

/** All that is wrong with what became of a workspace; nothing where all is well. */
export function judge(history: History, stage: Stage, people: readonly Texting[], told: Told): string[] {
  return [
    ...judgeRuns(history, stage, told),
    ...judgeTexts(history, people),
    ...judgeSent(history, people),
    ...judgeOrders(history, told),
    ...judgeCampaigns(history, told),
  ];
}

/** A change of a run, and what its trail says of that. */
interface Turn {
  was: RunRow;
  is: RunRow;
  at: number;
  /** Whether somebody's text made it. */
  isText: boolean;
  steps: TrailRow['steps'];
  behind: boolean;
  /** The move that took it along, or back. */
  move: MovedRow | undefined;
}

function judgeRuns(history: History, stage: Stage, told: Told): string[] {
  const wrong: string[] = [];
  const numberOf = new Map([...stage.versions].map(([number, id]) => [id, number]));
  const trails = groupBy(history.trail, ({ tx, is }) => `${tx} ${is?.run_id}`);
  const moves = new Map(history.moved_runs.flatMap(({ tx, is }) => (is ? [[`${tx} ${is.run_id}`, is]] : [])));
  const calls = new Map(
    history.calls.flatMap(({ was, is }) => (is && !was ? [[`${is.run_id} ${is.seq}`, is]] : [])),
  );
  for (const [id, changes] of groupBy(history.runs, ({ was, is }) => (is ?? was)?.id ?? '')) {
    const turns = changes.flatMap((change) =>
      turnOf(change, trails.get(`${change.tx} ${id}`) ?? [], moves.get(`${change.tx} ${id}`)),
    );
    for (const [n, turn] of turns.entries()) {
      const say = (what: string): number => wrong.push(`${what}: ${describe(turn, numberOf)}`);
      if (turn.is.status === 'ended' && turn.is.wake_at !== null) say('Ended, and is to be woken');
      if (turn.was.status === 'ended') say('Went on after its end');
      if (turn.was.version_id === turn.is.version_id) judgeDecision(turn, { numberOf, calls, told, say });
      else judgeMove(turn, turns.slice(0, n), numberOf, say);
    }
  }
  return wrong;
}

function turnOf(
  { was, is, behind }: Change<RunRow>,
  trails: readonly Change<TrailRow>[],
  move: MovedRow | undefined,
): Turn[] {
  if (!was || !is) return [];
  if (was.seq === is.seq && was.wake_at === is.wake_at && was.version_id === is.version_id) return [];
  const steps = trails.flatMap((one) => one.is?.steps ?? []);
  const [first] = trails;
  const at = Date.parse(first?.is?.at ?? '');
  const isText = trails.some((one) => one.is?.cause_id != null);
  return [{ was, is, at, isText, steps, behind, move }];
}

interface Known {
  numberOf: ReadonlyMap<string, number>;
  calls: ReadonlyMap<string, CallRow>;
  told: Told;
  say: (what: string) => number;
}

/** What somebody decided: by whom it may have come, and what it says about when to go on. */
function judgeDecision(
  { was, is, at, isText, steps, behind }: Turn,
  { numberOf, calls, told, say }: Known,
): void {
  const [first] = steps;
  if (!first) {
    say('Went on, and nobody knows why');
    return;
  }
  if (is.seq < was.seq) say('Went back');
  const events = steps.filter((step) => step.do === 'event');
  if (first.type === 'timeout') {
    const since = told.wasSetBack ? told.latest + SKEW_MS : at;
    if (was.wake_at === null || Date.parse(was.wake_at) > since) say('Woken before its time');
    if (behind) say('Woken before a text that was accepted earlier');
  }
  for (const { type = '' } of events) {
    if (!type.startsWith('answer.webhook.')) continue;
    const call = calls.get(`${was.id} ${was.seq}`);
    if (was.node !== 'call' || !call) say('Took an answer that it had not asked for');
    else if (type.endsWith('.ok') && is.context.answers?.call !== call.id)
      say('Took the answer to another call');
    if (behind) say('Took an answer before a text that was accepted earlier');
  }
  const version = VERSIONS[numberOf.get(is.version_id) ?? 0];
  if (is.status === 'ended' || is.seq === was.seq || is.wake_at === null) return;
  // After a text a wait begins when that is decided, which may be long after it was taken in, at a node with another clock.
  const latest = isText ? told.latest : at;
  const isWrong = (seconds: number | null | undefined): boolean => {
    const began = Date.parse(is.wake_at ?? '') - (seconds ?? 0) * 1_000;
    return began < at - told.apart || began > latest + told.apart;
  };
  if (is.node === 'ask' && isWrong(version?.question)) say('Waits for a reply for another time');
  if (is.node === 'pause' && isWrong(version?.pause)) say('Pauses for another time');
}

/** What a move does: the same place, the same answers, and a wait that counts from when it began. */
function judgeMove(
  turn: Turn,
  before: readonly Turn[],
  numberOf: ReadonlyMap<string, number>,
  say: Known['say'],
): void {
  const { was, is, at, steps } = turn;
  const [from, to] = [numberOf.get(was.version_id) ?? 0, numberOf.get(is.version_id) ?? 0];
  if (
    !turn.move ||
    !steps.some((one) => one.do === 'moved' && Number(one.from) === from && Number(one.to) === to)
  )
    say('Is in another version, and nobody knows why');
  for (const part of ['node', 'place', 'seq', 'status'] as const)
    if (was[part] !== is[part]) say(`Moved, and another ${part}`);
  if (JSON.stringify(was.context) !== JSON.stringify(is.context)) say('Moved, and remembers something else');
  const waits = (version: number): number | null =>
    (was.node === 'pause'
      ? VERSIONS[version]?.pause
      : was.node === 'ask'
        ? VERSIONS[version]?.question
        : 0) ?? null;
  const [long, longer] = [waits(from), waits(to)];
  if (longer === null) say('Moved to where there is no such place');
  const came = turn.move?.undone
    ? before.findLast((one) => one.move?.move_id === turn.move?.move_id)
    : undefined;
  const expected = (): string | number | null => {
    if (came && came.is.seq === was.seq) return came.was.wake_at;
    if (was.wake_at === null || Date.parse(was.wake_at) <= at) return was.wake_at;
    return Date.parse(was.wake_at) + ((longer ?? 0) - (long ?? 0)) * 1_000;
  };
  const wanted = expected();
  const shown = (one: string | number | null) => one && new Date(one).toISOString();
  if (shown(wanted) !== shown(is.wake_at)) say(`Is woken then, not ${shown(wanted)}`);
}

const describe = ({ was, is, at, steps }: Turn, numberOf: ReadonlyMap<string, number>): string =>
  [was, is]
    .map(
      (one) =>
        `v${numberOf.get(one.version_id)} ${one.node} ${one.place} ${one.status} #${one.seq} wakes ${one.wake_at}`,
    )
    .join(' -> ')
    .concat(
      ` at ${Number.isNaN(at) ? '?' : new Date(at).toISOString()} by ${JSON.stringify(steps)} (${is.id})`,
    );

/** Each text is decided once, in the order in which they were accepted, and what it did can be read. */
function judgeTexts({ inbound, trail, runs }: History, people: readonly Texting[]): string[] {
  const wrong: string[] = [];
  const decided = inbound.filter(({ was, is }) => is?.status === 'decided' && was?.status !== 'decided');
  for (const { phone, texts } of people) {
    const own = decided.flatMap(({ is }) =>
      is && texts.includes(is.gateway_message_id) ? [is.gateway_message_id] : [],
    );
    if (own.join() !== texts.join())
      wrong.push(`${phone} texted ${texts.join()}, and decided was ${own.join()}`);
  }
  for (const [cause, rows] of groupBy(trail, ({ is }) => is?.cause_id ?? '')) {
    if (cause !== '' && new Set(rows.map(({ tx }) => tx)).size > 1) wrong.push(`${cause} was decided twice`);
  }
  for (const { tx, is } of decided) {
    const { id, route } = is ?? { id: '', route: null };
    if (!route) wrong.push(`${id} went nowhere`);
    else if (route.by === 'answer' || route.by === 'older-answer' || route.by === 'catch-all') {
      const steps = trail
        .filter((one) => one.is?.cause_id === id && one.is.run_id === route.runId)
        .flatMap((one) => one.is?.steps ?? []);
      const replies = steps.filter(({ type }) => type?.startsWith('reply.'));
      const turns = runs.filter((one) => one.tx === tx && one.is?.id === route.runId);
      if (replies.length !== 1 || turns.length !== 1)
        wrong.push(`${id} answered ${replies.length} times, in ${turns.length} turns`);
    }
  }
  return wrong;
}

/** What was queued is what the trails tell, and reminders come at their hour on their person's clock. */
function judgeSent({ outbound, trail, inbound, runs }: History, people: readonly Texting[]): string[] {
  const wrong: string[] = [];
  const queued = outbound.flatMap(({ was, is }) => (is && !was ? [is] : []));
  const sent = trail.flatMap(({ is }) =>
    (is?.steps ?? []).flatMap((step) => (step.do === 'sent' ? [step.id ?? ''] : [])),
  );
  const ofRuns = queued.filter((one) => one.run_id !== null).map(({ id }) => id);
  if (ofRuns.toSorted().join() !== sent.toSorted().join())
    wrong.push(`Queued were ${ofRuns.join()}, told are ${sent.join()}`);
  const phones = new Map(
    people.flatMap(({ phone, texts }) =>
      inbound.flatMap(({ is }) =>
        is && texts.includes(is.gateway_message_id) ? [[is.contact_id, phone]] : [],
      ),
    ),
  );
  for (const { contact_id: contactId, text, created_at: at } of queued) {
    const time = wallClock(Date.parse(at), phones.get(contactId) ?? '');
    if (text === REMINDER && (time < REMINDED.from || time >= REMINDED.to)) wrong.push(`Reminded at ${time}`);
  }
  for (const { is } of runs) {
    if (is?.node !== 'hour' || is.wake_at === null) continue;
    const time = wallClock(Date.parse(is.wake_at), phones.get(is.contact_id) ?? '');
    if (time !== REMINDED.from) wrong.push(`Is to be reminded at ${time}`);
  }
  return wrong;
}

/** An order is decided once, whoever placed it how often; none of a cancelled campaign begins after that was answered. */
function judgeOrders({ orders, runs, outbound }: History, { orders: placed, cancelled }: Told): string[] {
  const wrong: string[] = [];
  for (const { results } of placed) {
    const [first, ...others] = results;
    for (const { id, outcome } of others)
      if (first && (id !== first.id || outcome !== first.outcome))
        wrong.push(`${first.id} is ${first.outcome}, ${id} ${outcome}`);
  }
  let sent = 0;
  for (const [id, changes] of groupBy(orders, ({ was, is }) => (is ?? was)?.id ?? '')) {
    const outcomes = changes.filter(({ was, is }) => is && was && is.outcome !== was.outcome);
    if (outcomes.length > 1) wrong.push(`${id} came to ${outcomes.map(({ is }) => is?.outcome).join(', ')}`);
    const outcome = changes.at(-1)?.is?.outcome;
    const begun = runs.filter(({ was, is }) => !was && is?.id === id).length;
    if (outcome === 'sent') sent++;
    if ((outcome === 'started') !== (begun === 1)) wrong.push(`${id} is ${outcome}: ${begun} begun`);
  }
  const texts = outbound.flatMap(({ was, is }) => (is && !was && is.text.startsWith(NEWS) ? [is.text] : []));
  if (texts.length !== sent || new Set(texts).size < sent)
    wrong.push(`${sent} texts were ordered, and queued are ${texts.join()}`);
  for (const { id, n } of cancelled) {
    const late = orders.filter(
      (one: Change<OrderRow>) =>
        one.n > n && one.is?.campaign_id === id && one.is.outcome !== one.was?.outcome,
    );
    if (late.length > 0) wrong.push(`${id} was cancelled, and went on with ${late.length}`);
  }
  return wrong;
}

/** Each of a series begins once and with everybody once, and none of it after one before was cancelled. */
function judgeCampaigns({ campaigns, orders }: History, { cancelled }: Told): string[] {
  const wrong: string[] = [];
  const begun = campaigns.filter(({ was, is }) => was?.status === 'scheduled' && is?.status === 'running');
  for (const [one, times] of groupBy(begun, ({ is }) => `${is?.series_id} ${is?.number}`))
    if (times.length > 1) wrong.push(`${one} began ${times.length} times`);
  for (const { id, n } of cancelled) {
    const one = campaigns.find(({ is }) => is?.id === id)?.is;
    const later = begun.filter(
      (change) => change.n > n && change.is?.series_id === one?.series_id && change.is?.id !== id,
    );
    if (later.length > 0) wrong.push(`${id} was cancelled, and of its series ${later.length} began`);
  }
  const turns = orders.filter(({ was, is }) => is && is.campaign_id !== null && !was);
  for (const [one, times] of groupBy(turns, ({ is }) => `${is?.campaign_id} ${is?.phone}`))
    if (times.length > 1) wrong.push(`${one} is in it ${times.length} times`);
  return wrong;
}

/** What a clock on the wall shows in the zone of a German or a British number. */
const wallClock = (at: number, phone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: phone.startsWith('+49') ? 'Europe/Berlin' : 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
