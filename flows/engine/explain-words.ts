import { assertNever } from '#shared/assert-never.ts';
import type { MatchKind } from '#shared/sms/keywords/binding.ts';
import type { Candidate, Explanation, OpenQuestion, Policy } from './explanation.ts';
import type { Meaning } from './world.ts';

/** An explanation in sentences, in the order in which a text is looked at. */
export function sentencesOf(explanation: Omit<Explanation, 'sentences'>): string[] {
  const { raw, normalised, questions, candidates, policy } = explanation;
  return [
    ...(raw === normalised ? [] : [`It is read as “${normalised}”.`]),
    ...reserved(explanation),
    ...doubt(explanation),
    ...questions.map(question),
    ...(candidates.length === 0 ? ['It is no keyword here.'] : candidates.map(candidateSentence)),
    ...(policy ? [interruption(policy)] : []),
    goal(explanation),
  ];
}

function reserved({ reserved }: Pick<Explanation, 'reserved'>): string[] {
  if (!reserved) return [];
  const { kind, word, yields, acts } = reserved;
  const meaning = MEANINGS[kind];
  if (!acts)
    return [`${word} asks ${meaning}, which counts only ${kind === 'start' ? 'after' : 'before'} a STOP.`];
  const after = yields ? ' It comes after a keyword or an answer that names it.' : '';
  return [`${word} is a reserved word and asks ${meaning}.${after}`];
}

const doubt = ({ doubt }: Pick<Explanation, 'doubt'>): string[] =>
  doubt === null
    ? []
    : [
        `“${doubt}” may be a wish to hear no more: somebody has to read it, and what needs consent waits until then.`,
      ];

function question({ flow, step, category, explicit, status }: OpenQuestion, at: number): string {
  const which = at === 0 ? 'was asked last' : status === 'parked' ? 'was set aside' : 'was asked before';
  const means = explicit ? `which is its answer “${category}”` : 'which is none of its answers';
  return `“${step}” of “${flow.name}” ${which} and waits for a reply, ${means}.`;
}

/** What of the text a keyword fits, and what became of it. */
export function candidateSentence({ flow, word, match, typos, verdict }: Candidate): string {
  const fits =
    typos === 0 ? FITS[match] : `begins with it but for ${typos === 1 ? 'a typo' : `${typos} typos`}`;
  return `“${word}” of “${flow.name}”: the text ${fits}, ${VERDICTS[verdict]}.`;
}

const MEANINGS: Readonly<Record<Meaning, string>> = {
  stop: 'to hear no more',
  start: 'to hear from us again',
  help: 'for help',
  agent: 'to talk to somebody',
};

const FITS: Readonly<Record<MatchKind, string>> = {
  exact: 'is exactly this',
  'first-word': 'begins with it',
  'sub-keyword': 'begins with it',
  phrase: 'has these words in a row',
  contains: 'contains it',
  pattern: 'fits this pattern',
  close: 'begins with it',
};

const VERDICTS: Readonly<Record<Candidate['verdict'], string>> = {
  meant: 'more than any other, so it is meant',
  'less-specific': 'but another keyword fits better',
  ambiguous: 'but another word is as near, so nobody can tell',
  'held-back': 'but something else goes first',
  'in-passing': 'but only in passing, which is too little in a text that may be a STOP, or after one',
  'too-early': 'but it does not count yet',
  'too-late': 'but its time is over',
  'known-number': 'but it is for people who never texted us',
  'unknown-number': 'but it is for people who texted us before',
};

function interruption({ flow, by, except, letsIn }: Policy): string {
  const rule =
    by === 'keywords'
      ? `lets keywords interrupt it${except.length > 0 ? `, except ${except.join(', ')}` : ''}`
      : `lets no keyword interrupt it${except.length > 0 ? `, except ${except.join(', ')}` : ''}`;
  return `“${flow.name}” ${rule}: ${letsIn ? 'this one may' : 'this one may not'}.`;
}

function goal({ goal, reserved, candidates }: Omit<Explanation, 'sentences'>): string {
  switch (goal.to) {
    case 'stop':
      return reserved?.kind === 'stop'
        ? 'So it is a STOP, which always wins.'
        : `So it is a STOP: “${goal.word}” is a clear wish to hear no more.`;
    case 'start':
      return 'So it takes back an earlier STOP.';
    case 'help':
      return 'So it is answered with the help text, and an open question is asked again.';
    case 'answer':
      return `So it answers “${goal.step}” of “${goal.flow.name}” with “${goal.category}”.`;
    case 'older-answer':
      return `So it answers “${goal.step}” of “${goal.flow.name}”, asked before, with “${goal.category}”.`;
    case 'catch-all':
      return `So “${goal.step}” of “${goal.flow.name}” takes it, as “${goal.category}”.`;
    case 'agent':
      return 'So it is answered with the text for those who want an agent, and an open question is asked again.';
    case 'flow': {
      const word = candidates.find(({ verdict }) => verdict === 'meant')?.word ?? '';
      return `So “${word}” starts “${goal.flow.name}”, version ${goal.flow.version}, or asks its open question again.`;
    }
    case 'closed':
      return `So it is answered with the text for keywords of flows that are not running: “${goal.word}” belongs to “${goal.name}”.`;
    case 'fallback':
      return `So “${goal.flow.name}” takes it, which starts with any text that nothing else takes.`;
    case 'nobody':
      return 'So nobody takes it.';
    default:
      return assertNever(goal);
  }
}
