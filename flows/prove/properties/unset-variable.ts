import { type Issue, warning } from '../../definition/issue.ts';
import type { Scalar } from '../../engine/effects.ts';
import type { Edge, Exploration } from '../explore.ts';
import type { Ground } from '../ground.ts';
import { readBare } from '../reads.ts';
import type { Rehearsal } from '../rehearse.ts';
import type { Subject } from '../subject.ts';
import { passed, sent, type Witness, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, severityBy } from './property.ts';

const OWNS = ['variable.never-set', 'variable.unknown'];

/**
 * Whatever a text fills in, or a field is filled with, has a value on every way that comes there, unless it says what to write
 * without one. An answer that may be missing is an error, for only the flow could have asked; a field may be missing with some
 * people, and with those who texted no keyword that and what stands behind it, which is a warning.
 */
export const unsetVariable: Property = {
  id: 'unset-variable',
  promise: 'Every variable has a value where it is used.',
  severity: 'error',
  owns: OWNS,
  isBrokenForGood: true,
  *check(subject) {
    const { ground } = subject;
    const known = new Set(
      issuesOf(subject, OWNS).map(({ place, message }) => `${place.node} ${variableIn(message)}`),
    );
    yield* issuesOf(subject, OWNS);
    for (const node of ground.parsed.nodes.values()) {
      for (const variable of readBare(node, ground)) {
        if (!known.has(`${node.id} ${variable}`)) yield* unset(node.id, variable, subject);
      }
    }
  },
};

const variableIn = (message: string): string => /\{\{(.*?)\}\}/.exec(message)?.[1] ?? '';

function* unset(node: string, variable: string, subject: Subject): Generator<Found> {
  const { ground, exploration } = subject;
  const shown = shownUnset(node, variable, subject);
  if (!shown) return;
  // A flow may have run for long when a campaign begins it: what is missing only then is told apart from what was missing before.
  const isUnasked = shown.person.ordered && isOfKeyword(variable);
  const issue = isUnasked
    ? unasked(node, variable, ground)
    : issueOf(node, variable, ground, shown, exploration);
  yield { ...issue, witness: shown };
}

const isOfKeyword = (variable: string): boolean => variable === 'run.keyword' || variable === 'run.medium';

/** The shortest conversation in which the variable has no value where the node uses it. */
function shownUnset(node: string, variable: string, { exploration }: Subject): Witness | null {
  const avoid = (edge: Edge): boolean => givesValue(edge, variable);
  const isGivenFirst = ({ captures }: Edge): boolean => captures.length > 0 || isOfKeyword(variable);
  const wanted = (edge: Edge): boolean => uses(edge, node) && !(isGivenFirst(edge) && avoid(edge));
  return witnessOf(exploration, { wanted, avoid }, (rehearsal) => {
    const isThere = sent(rehearsal, node) || passed(rehearsal, node, 'next');
    return isThere && !hasValue(rehearsal, variable);
  });
}

/** A text of the node goes out, or it fills a field. */
const uses = ({ notes }: Edge, node: string): boolean =>
  notes.some((note) =>
    (note.do === 'send' && note.refusal === null) || note.do === 'set' ? note.node === node : false,
  );

function givesValue({ happening, captures, notes, assumed }: Edge, variable: string): boolean {
  const [space, name = ''] = variable.split('.');
  if (happening?.kind === 'keyword' && isOfKeyword(variable))
    return (name === 'keyword' ? happening.word : happening.medium) !== null;
  if (space === 'answers') return captures.includes(name);
  const isAssumed = assumed.some(({ fact, value }) => fact === variable && value !== null && value !== '');
  return isAssumed || (space === 'contact' && notes.some((note) => note.do === 'set' && note.field === name));
}

function hasValue({ run, contact }: Rehearsal, variable: string): boolean {
  const [space, name = ''] = variable.split('.');
  const { answers = {} } = run?.position.context ?? {};
  const values: Readonly<Record<string, Scalar>> =
    space === 'answers' ? answers : space === 'run' ? { ...run?.entry } : contact.fields;
  return Object.hasOwn(values, name) && (values[name] ?? '') !== '';
}

function unasked(node: string, variable: string, { drawing }: Ground): Issue {
  const message = `${drawing.name(node)} uses {{${variable}}}, and people with whom a campaign or the API begins this flow texted no keyword. Write what to say then: {{${variable} | default: "…"}}.`;
  return warning('variable.unasked', message, { node });
}

function issueOf(
  node: string,
  variable: string,
  { drawing }: Ground,
  shows: Witness,
  exploration: Exploration,
): Issue {
  const name = drawing.name(node);
  const [space, key = ''] = variable.split('.');
  if (space === 'answers') {
    const message = `${name} uses {{${variable}}}, and one can come there without having answered. Ask before, or write what to say without it: {{${variable} | default: "…"}}.`;
    return {
      code: 'variable.maybe-unset',
      severity: severityBy(shows, exploration),
      message,
      place: { node },
    };
  }
  const who = space === 'contact' ? `have no ${key}` : 'bring nothing for it';
  const message = `${name} uses {{${variable}}}, and some people ${who}. Write what to say then: {{${variable} | default: "…"}}.`;
  return { code: 'variable.missing', severity: 'warning', message, place: { node } };
}
