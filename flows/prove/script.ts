import type { ReservedKind } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import type { ConsentState, LaterKind, Scalar, TransactionOutcome } from '../engine/effects.ts';
import type { PublishedFlow, SenderWorld } from '../engine/world.ts';
import type { Edge } from './explore.ts';
import type { Assumption } from './facts.ts';
import type { Ground } from './ground.ts';
import type { Happening } from './happenings.ts';

/** What has to be true of a person before a conversation begins. */
export interface Given {
  fields: Record<string, Scalar>;
  phone: string | null;
  language: string | null;
  tags: string[];
  consents: Record<string, ConsentState>;
  /** The ages, in years, that the person has answered to have, or more. */
  ages: number[];
  stopped: boolean;
  arms: Record<string, string>;
  /** The person has not texted: a campaign or the API begins the flow. */
  ordered: boolean;
  /** Contests the person has entered before, and those that are over. */
  entered: string[];
  closed: string[];
  /** Pools of vouchers the person has a code of, and those that have none left. */
  had: string[];
  emptied: string[];
}

/** What the person and the outside do in a conversation. The key of an event is the one the run waits for. */
export type Turn =
  | { says: string; media?: string[] }
  | { after: number }
  | { answer: LaterKind; with: string; values: Readonly<Record<string, Scalar>> }
  | { event: string; value: Scalar }
  | { list: string; becomes: 'confirmed' | 'revoked' };

/** A way through a flow, made ready to be played. */
export interface Script {
  given: Given;
  /** What is begun before anything is said; null where the person's text begins it. */
  ordered: PublishedFlow | null;
  turns: Turn[];
  /** What the shell answers inside transactions, in order. */
  outcomes: TransactionOutcome[];
  /** Null when every step can be played. */
  unplayable: Happening['kind'] | 'forced' | null;
}

/** Turns a way through a flow into texts, waits, and what has to be given. */
export function scriptOf(path: readonly Edge[], ground: Pick<Ground, 'sender' | 'flow'>): Script {
  const assumed = path.flatMap((edge) => edge.assumed);
  const isOrdered = path.some(({ happening }) => happening?.kind === 'order');
  const given = { ...givenBy(assumed), ordered: isOrdered };
  const ordered = isOrdered ? ground.flow : null;
  const script: Script = { given, ordered, turns: [], outcomes: [], unplayable: null };
  const rest = assumed.find(({ fact }) => fact === 'run.rest')?.value;
  for (const edge of path) {
    for (const note of edge.notes) if (note.do === 'outcome') script.outcomes.push(note.outcome);
    if (edge.happening && edge.happening.kind !== 'order') {
      const turn = turnOf(edge.happening, rest ?? null, ground.sender);
      if (turn) script.turns.push(turn);
      else script.unplayable ??= edge.happening.kind;
    }
    if (edge.doubtful) script.unplayable ??= 'forced';
  }
  return script;
}

function turnOf(
  happening: Exclude<Happening, { kind: 'order' }>,
  rest: Scalar,
  world: SenderWorld,
): Turn | null {
  switch (happening.kind) {
    case 'keyword': {
      const { says } = happening;
      return says === null ? null : { says: rest === null ? says : `${says} ${rest}` };
    }
    case 'reply': {
      const { text, media } = happening;
      return text === null ? null : { says: text, ...(media.length > 0 ? { media: [...media] } : {}) };
    }
    case 'timeout':
      return { after: happening.seconds };
    case 'help':
      return { says: reservedWord('help', world) };
    case 'stop':
      return { says: reservedWord('stop', world) };
    case 'comeback':
      return { says: reservedWord('start', world) };
    case 'answer':
      return { answer: happening.effect, with: happening.outcome, values: happening.values };
    case 'event':
      return { event: happening.name, value: happening.value };
    case 'elsewhere':
      return { list: happening.list, becomes: happening.becomes };
    case 'undelivered':
      return null;
  }
}

/** The word of this kind that does not yield to an author, the usual one where it is reserved. */
function reservedWord(kind: ReservedKind, { reserved }: SenderWorld): string {
  const usual = kind.toUpperCase();
  if (reserved.get(normalise(usual))?.kind === kind) return usual;
  return [...reserved.values()].find((match) => match.kind === kind && !match.yields)?.word ?? usual;
}

function givenBy(assumed: readonly Assumption[]): Given {
  const given: Given = {
    fields: {},
    phone: null,
    language: null,
    tags: [],
    consents: {},
    ages: [],
    stopped: false,
    arms: {},
    ordered: false,
    entered: [],
    closed: [],
    had: [],
    emptied: [],
  };
  for (const { fact, value, sure } of assumed) {
    if (!sure) continue;
    const [space = '', name = ''] = fact.split(/[ .]/);
    if (fact === 'stopped') given.stopped = value === true;
    else if (fact === 'contact.phone') given.phone = String(value);
    else if (fact === 'contact.language') given.language = value === null ? null : String(value);
    else if (fact === 'contact.tags') given.tags = value === null ? [] : String(value).split(' ');
    else if (space === 'contact' && value !== null) given.fields[name] = value;
    else if (space === 'list' && isConsent(value)) given.consents[name] = value;
    else if (space === 'age' && value === true) given.ages.push(Number(name));
    else if (space === 'arm') given.arms[name] = String(value);
    else if (space === 'contest' && value === 'already') given.entered.push(name);
    else if (space === 'contest' && value === 'closed') given.closed.push(name);
    else if (space === 'voucher' && value === 'had') given.had.push(name);
    else if (space === 'voucher' && value === 'none-left') given.emptied.push(name);
  }
  return given;
}

const isConsent = (value: Scalar): value is ConsentState =>
  value === 'none' || value === 'pending' || value === 'confirmed' || value === 'revoked';

/** What was given, in sentences: "This person had texted STOP before." */
export function givenSentences(given: Given): string[] {
  const { fields, language, tags, consents, ages, stopped, arms, ordered, entered, closed, had, emptied } =
    given;
  const names = Object.entries(fields).map(([name, value]) => `contact.${name} is ${JSON.stringify(value)}`);
  const lists = Object.entries(consents).flatMap(([list, state]) =>
    state === 'none' ? [] : [CONSENT_WORDS[state].replace('…', list)],
  );
  return [
    ...(ordered ? ['has not texted: a campaign or the API begins it'] : []),
    ...(stopped ? ['has texted STOP before'] : []),
    ...lists,
    ...ages.map((years) => `has answered to be ${years} or over`),
    ...(language === null ? [] : [`speaks ${language}`]),
    ...(tags.length > 0 ? [`is tagged ${tags.join(' ')}`] : []),
    ...names,
    ...Object.entries(arms).map(([experiment, arm]) => `is in “${arm}” of the test ${experiment}`),
    ...entered.map((contest) => `has entered ${contest} before`),
    ...closed.map((contest) => `${contest} is closed`),
    ...had.map((pool) => `has a code of ${pool} already`),
    ...emptied.map((pool) => `${pool} has no code left`),
  ];
}

const CONSENT_WORDS = {
  pending: 'was asked about … and has not answered',
  confirmed: 'is on …',
  revoked: 'has left …',
  expired: 'was on … until that lapsed',
} as const;
