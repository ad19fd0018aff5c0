import type { Issue } from '../../definition/issue.ts';
import type { Scalar } from '../../engine/effects.ts';
import type { Edge, Exploration } from '../explore.ts';
import type { Ground } from '../ground.ts';
import { readBare } from '../reads.ts';
import type { Subject } from '../subject.ts';
import { passed, sent, type Witness, witnessOf } from '../witness.ts';
import { type Found, issuesOf, type Property, severityBy } from './property.ts';

const OWNS = ['variable.never-set', 'variable.unknown'];

/**
 * Whatever a text fills in, or a field is filled with, has a value on every way that comes there, unless it says what to write
 * without one. An answer that may be missing is an error, for only the flow could have asked; a field or the words behind a
 * keyword may be missing with some people, which is a warning.
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

function unset(node: string, variable: string, { ground, exploration }: Subject): Found[] {
  const avoid = (edge: Edge): boolean => givesValue(edge, variable);
  const wanted = (edge: Edge): boolean => uses(edge, node) && !(edge.captures.length > 0 && avoid(edge));
  const shows = witnessOf(exploration, { wanted, avoid }, (rehearsal) => {
    const isThere = sent(rehearsal, node) || passed(rehearsal, node, 'next');
    return isThere && !hasValue(rehearsal.run?.position.context.answers, rehearsal.contact.fields, variable);
  });
  return shows ? [{ ...issueOf(node, variable, ground, shows, exploration), witness: shows }] : [];
}

/** A text of the node goes out, or it fills a field. */
const uses = ({ notes }: Edge, node: string): boolean =>
  notes.some((note) =>
    (note.do === 'send' && note.refusal === null) || note.do === 'set' ? note.node === node : false,
  );

function givesValue({ captures, notes, assumed }: Edge, variable: string): boolean {
  const [space, name = ''] = variable.split('.');
  if (space === 'answers') return captures.includes(name);
  const isAssumed = assumed.some(({ fact, value }) => fact === variable && value !== null && value !== '');
  return isAssumed || (space === 'contact' && notes.some((note) => note.do === 'set' && note.field === name));
}

type Values = Readonly<Record<string, Scalar>>;

function hasValue(answers: Values = {}, fields: Values, variable: string): boolean {
  const [space, name = ''] = variable.split('.');
  const values = space === 'answers' ? answers : fields;
  return Object.hasOwn(values, name) && (values[name] ?? '') !== '';
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
