import { normalise } from '#shared/sms/text.ts';
import { error, type Issue } from '../../definition/issue.ts';
import type { Trigger } from '../../definition/schema.ts';
import { sendersMeet, termsMeet, termsOf } from '../../definition/terms.ts';
import type { Ground } from '../ground.ts';
import { scriptOf } from '../script.ts';
import type { Subject } from '../subject.ts';
import { type Found, issuesOf, type Property } from './property.ts';

const OWNS = ['trigger.twice'];

/** A keyword belongs to one flow, and is no answer that another flow waits for. */
export const collision: Property = {
  id: 'collision',
  promise: 'Every keyword leads to this flow and to no other.',
  severity: 'error',
  owns: OWNS,
  check: (subject) => [
    ...issuesOf(subject, OWNS),
    ...keywords(subject),
    ...answers(subject),
    ...fallbacks(subject),
  ],
  unchecked: ({ otherFlows }) => (otherFlows ? null : 'Other flows: whether a keyword is theirs as well.'),
};

interface Bound {
  word: string;
  typed: string;
  trigger: Trigger;
  at: string;
}

const boundBy = (triggers: readonly Trigger[]): Bound[] =>
  triggers.flatMap((trigger, i) =>
    trigger.words.map((typed, n) => ({
      word: normalise(typed),
      typed,
      trigger,
      at: `triggers.${i}.words.${n}`,
    })),
  );

const meet = (a: Trigger, b: Trigger): boolean =>
  sendersMeet(a.sender, b.sender) && termsMeet(termsOf(a), termsOf(b));

/** Two flows listen to the same words on the same sender, or one to what the other's question takes for an answer. */
function keywords({ ground }: Subject): Found[] {
  const own = boundBy(ground.parsed.definition.triggers);
  return (ground.world.otherFlows ?? []).flatMap(({ name, triggers, answers }) => {
    const theirs = boundBy(triggers);
    const words = new Set(answers.map(normalise));
    return own.flatMap(({ word, typed, trigger, at }): Found[] => {
      if (theirs.some((one) => one.word === word && meet(one.trigger, trigger))) {
        const sentence = `The keyword “${typed}” belongs to “${name}” as well: whoever texts “${typed}” gets only one of the two. Choose another word.`;
        return [withText('keyword.taken', sentence, at, typed, ground)];
      }
      if (!words.has(word)) return [];
      const sentence = `“${typed}” is an answer in “${name}”: whoever is asked there and texts “${typed}” never comes here. Choose another word.`;
      return [withText('keyword.is-answer', sentence, at, typed, ground)];
    });
  });
}

/** An answer that is another flow's keyword: nobody who is asked here can start that flow with it. */
function answers({ ground }: Subject): Found[] {
  const theirs = (ground.world.otherFlows ?? []).flatMap(({ name, triggers }) =>
    boundBy(triggers).map((bound) => ({ ...bound, name })),
  );
  if (theirs.length === 0) return [];
  const { definition, nodes } = ground.parsed;
  return [...nodes.values()].flatMap((node) => {
    const words = definition.languages.flatMap((language) =>
      node.words(language).flatMap((one) => one.words),
    );
    const normalised = new Set(words.map(normalise));
    return theirs
      .filter(({ word }) => normalised.has(word))
      .map(
        ({ typed, name }): Issue =>
          error(
            'answer.is-keyword',
            `“${typed}” is an answer to ${ground.drawing.name(node.id)} and starts “${name}” as well: whoever is asked and texts “${typed}” does not get there. Choose another word.`,
            { node: node.id },
          ),
      );
  });
}

/** What nothing else takes can start one flow only. */
function fallbacks({ ground }: Subject): Issue[] {
  return ground.parsed.definition.triggers.flatMap((own, at) =>
    (ground.world.otherFlows ?? [])
      .filter(({ triggers }) => triggers.some((one) => bothTakeTheRest(one, own)))
      .map(({ name }) =>
        error(
          'unmatched.taken',
          `What nothing else takes starts “${name}” already. Leave it to one of the two.`,
          {
            path: `triggers.${at}`,
          },
        ),
      ),
  );
}

const bothTakeTheRest = (a: Trigger, b: Trigger): boolean =>
  a.kind === 'unmatched' && b.kind === 'unmatched' && meet(a, b);

/** The text that hits both is the keyword itself: the sender's own index says so. */
function withText(code: string, sentence: string, path: string, text: string, ground: Ground): Found {
  const hits = ground.sender.keywords.candidates(normalise(text));
  const flows = new Set(hits.map(({ binding }) => binding.target.flow.flowId));
  const replayed = flows.size > (code === 'keyword.taken' ? 1 : 0);
  const { given } = scriptOf([], ground);
  return {
    ...error(code, sentence, { path }),
    witness: { lines: [{ says: text }], given: [], person: given, replayed },
  };
}
