import { assertNever } from '#shared/assert-never.ts';
import type { KeywordMatch } from '#shared/sms/keywords/binding.ts';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { type Revocation, revocation } from '#shared/sms/revocation.ts';
import { normalise, words } from '#shared/sms/text.ts';
import { outOfTerms, type Terms } from '../definition/terms.ts';
import type { Classified, Reply, ReplyFacts } from './node-kind.ts';
import type {
  ClosedKeyword,
  ContactState,
  Entrance,
  KeywordTarget,
  Meaning,
  Run,
  SenderWorld,
} from './world.ts';

/** A run that waits for a reply, and what this text would mean to it. */
export interface Waiting {
  run: Run;
  classified: Classified;
}

/** Where a text goes. */
export type Destination =
  | { to: Meaning; word: string }
  | { to: 'run'; rule: 'answer' | 'older-answer' | 'catch-all'; run: Run; classified: Classified }
  | { to: 'flow'; match: KeywordMatch<KeywordTarget> }
  | { to: 'closed'; keyword: ClosedKeyword }
  | { to: 'fallback'; entrance: Entrance }
  | { to: 'nobody' };

/**
 * Routes one text, in this order: reserved word → explicit answer of the newest question → keyword, where the waiting flow
 * lets keywords interrupt → explicit answer of an older question → catch-all of the newest question → keyword of a flow that is
 * not running → the flow for texts that nothing else takes → nobody. Keywords and such flows count in their time and for those they are meant for.
 * START words count only while the person is stopped. Words that yield (INFO, YES) come after a keyword or an answer that
 * names them, so that YES confirms a double opt-in even for somebody who once texted STOP; so do those for an agent. A clear wish to hear no more in
 * other words than STOP yields only to a keyword or an answer that is the whole text. Of words that may be such a wish, and of whatever
 * somebody texts after STOP, only a keyword that the text begins with is meant: "STOP this, I never want to WIN again" enters nobody.
 */
export function routeInbound(
  text: string,
  contact: ContactState,
  world: SenderWorld,
  facts: ReplyFacts = {},
): Destination {
  return route(replyOf(text, facts), contact, world);
}

/** A text as it is compared and kept, with the facts that came along. */
export function replyOf(text: string, { now, offsetMinutes, phone, media }: ReplyFacts): Reply {
  return { text, normalised: normalise(text), now, offsetMinutes, phone, media };
}

/** The same for a text that was normalised already. */
export function route(reply: Reply, contact: ContactState, world: SenderWorld): Destination {
  const reserved = reservedFor(reply, contact, world);
  if (reserved && !reserved.yields) return reserved.destination;

  const waiting = waitingRuns(reply, contact);
  const [newest, ...older] = waiting;
  const match = world.keywords.find(reply.normalised, ({ terms }) => isOpen(terms, reply, contact));
  const wish = wishOf(reply, waiting, match, contact, world);
  if (wish?.certainty === 'certain') return { to: 'stop', word: wish.words };
  const isWary = wish !== null || contact.stopped;

  if (newest?.classified.explicit) return { to: 'run', rule: 'answer', ...newest };
  const named =
    match && (!reserved || names(match, reply)) && (!isWary || begins(match, reply)) ? match : null;
  if (named && (!newest || mayInterrupt(newest.run, named))) return { to: 'flow', match: named };
  const olderAnswer = older.find((one) => one.classified.explicit);
  if (olderAnswer) return { to: 'run', rule: 'older-answer', ...olderAnswer };
  if (reserved) return reserved.destination;
  if (newest) return { to: 'run', rule: 'catch-all', ...newest };
  const closed = contact.stopped ? null : world.closed?.find(reply.normalised);
  if (closed && (!isWary || begins(closed, reply))) return { to: 'closed', keyword: closed.binding.target };
  const fallback = fallbackFor(reply, contact, world);
  return fallback ? { to: 'fallback', entrance: fallback } : { to: 'nobody' };
}

/**
 * Words that may be a wish to hear no more, where nothing says what else they are: a person has to read them. Null where the text
 * is a reserved word, a keyword as a whole or the words of an answer that somebody asked for.
 */
export function doubtfulWish(
  reply: Reply,
  destination: Destination,
  contact: ContactState,
  world: SenderWorld,
): string | null {
  if (contact.stopped || isMeant(destination)) return null;
  const match = destination.to === 'flow' ? destination.match : null;
  if (isNamed(reply, match, destination.to === 'run' && isByWord(destination))) return null;
  // Nearly no text is one, and what else it may mean to each question takes longer to find out.
  if (revocation(reply.normalised, world.reserved, world.languages)?.certainty !== 'unsure') return null;
  return wishOf(reply, waitingRuns(reply, contact), match, contact, world)?.words ?? null;
}

const isMeant = ({ to }: Destination): boolean =>
  to === 'stop' || to === 'start' || to === 'help' || to === 'agent';

/** Whether a keyword is the whole text, word for word; a pattern that fits it names nothing. */
export const names = (
  { binding, matched, typos }: KeywordMatch<unknown>,
  { normalised }: Pick<Reply, 'normalised'>,
): boolean => matched === normalised && typos === 0 && binding.match !== 'pattern';

/** Whether a text begins with a keyword. What merely stands somewhere in it, or fits a pattern, may mean anything. */
export function begins({ binding, matched }: KeywordMatch<unknown>, { normalised }: Reply): boolean {
  switch (binding.match) {
    case 'exact':
    case 'first-word':
    case 'sub-keyword':
    case 'close':
      return true;
    case 'phrase':
      return `${words(normalised).join(' ')} `.startsWith(`${matched} `);
    case 'contains':
      return `${normalised} `.startsWith(`${matched} `);
    case 'pattern':
      return false;
    default:
      return assertNever(binding.match);
  }
}

export const isOpen = (terms: Terms | null, { now }: Reply, { known }: ContactState): boolean =>
  terms === null || outOfTerms(terms, { known, now }) === null;

/** After STOP only words that mean something are answered. */
function fallbackFor(reply: Reply, contact: ContactState, { unmatched }: SenderWorld): Entrance | undefined {
  if (contact.stopped) return undefined;
  return unmatched.find(({ terms }) => isOpen(terms, reply, contact));
}

/** Whether a keyword is the whole text, or a single word an answer that somebody asked for by this word. */
const isNamed = (reply: Reply, match: KeywordMatch<KeywordTarget> | null, isAnswer: boolean): boolean =>
  (match !== null && names(match, reply)) || (isAnswer && !reply.normalised.includes(' '));

/** What a test found is kept itself, of an answer by a word its category: a pattern that takes any word takes “unsub” as well. */
const isByWord = ({ classified: { explicit, category, value } }: Pick<Waiting, 'classified'>): boolean =>
  explicit && value === category;

/** What somebody asked for by its name, and the whole words of an answer, are no such wish. */
function wishOf(
  reply: Reply,
  waiting: readonly Waiting[],
  match: KeywordMatch<KeywordTarget> | null,
  contact: ContactState,
  world: SenderWorld,
): Revocation | null {
  if (isNamed(reply, match, waiting.some(isByWord))) return null;
  const { normalised } = reply;
  const wish = revocation(normalised, world.reserved, world.languages);
  if (wish === null) return null;
  const asked = waiting.some(({ run }) => {
    const { compiled } = run.flow;
    const answers = compiled.nodes.get(run.position.node)?.words(compiled.language(contact.language)) ?? [];
    return answers.some(({ words }) => words.some((word) => normalise(word) === normalised));
  });
  return asked ? null : wish;
}

/** What a reserved word does, if the text is one that acts. `yields`: a keyword or an answer that names it goes first. */
function reservedFor(
  reply: Reply,
  contact: ContactState,
  world: SenderWorld,
): { destination: Destination; yields: boolean } | null {
  const reserved = matchReserved(reply.normalised, world.reserved);
  if (!reserved) return agentFor(reply, contact, world);
  if (reserved.kind === 'start' && !contact.stopped) return null;
  // STOP words always win, whatever the data says.
  const yields = reserved.yields && reserved.kind !== 'stop';
  return { destination: { to: reserved.kind, word: reserved.word }, yields };
}

/** Whoever said STOP gets no other answer than those to HELP, START and keywords. */
function agentFor({ normalised }: Reply, { stopped }: ContactState, { agentWords }: SenderWorld) {
  const word = agentWords.get(normalised);
  return word === undefined || stopped ? null : { destination: { to: 'agent', word } as const, yields: true };
}

/** The runs that wait for a reply: those that asked last before those set aside, newest first. */
export function waitingRuns(reply: Reply, contact: ContactState): Waiting[] {
  const active: Waiting[] = [];
  const parked: Waiting[] = [];
  for (const run of contact.runs) {
    if (run.status === 'ended') continue;
    const { compiled } = run.flow;
    const classify = compiled.nodes.get(run.position.node)?.classify;
    if (!classify) continue;
    const waiting = { run, classified: classify(reply, compiled.language(contact.language)) };
    if (run.status === 'active') active.push(waiting);
    else parked.push(waiting);
  }
  return active.concat(parked);
}

/** A flow's own keyword always reaches it; others only where the flow lets keywords interrupt and does not except this one. */
export function mayInterrupt(run: Run, match: KeywordMatch<KeywordTarget>): boolean {
  if (run.flow.flowId === match.binding.target.flow.flowId) return true;
  const { by, except } = run.flow.compiled.definition.interruptible;
  const excepted = except.some((word) => normalise(word) === normalise(match.binding.target.word));
  return by === 'keywords' ? !excepted : excepted;
}
