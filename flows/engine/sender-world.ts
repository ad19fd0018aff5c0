import { KeywordIndex, type KeywordBinding } from '#shared/sms/keyword.ts';
import { reservedWords } from '#shared/sms/reserved-words.ts';
import type { ListPolicy } from './gate.ts';
import type { KeywordTarget, ProgramTexts, PublishedFlow, SenderWorld } from './world.ts';

/** What a sender's world is made of. */
export interface SenderFacts {
  /** The sender's number or name, as triggers name it. */
  address: string;
  /** ISO 3166 alpha-2; decides the reserved words. */
  country: string;
  /** The folder's name of the gateway it sends through; some reserve words of their own. */
  gateway?: string;
  /** The languages the program speaks; their reserved words count too. */
  languages: readonly string[];
  program: ProgramTexts;
  lists: ReadonlyMap<string, ListPolicy>;
  /** The newest published version of each flow in use. */
  flows: readonly PublishedFlow[];
}

/** Builds the world of one sender; cached by the shell until something is published or changed. */
export function buildSenderWorld(facts: SenderFacts): SenderWorld {
  return {
    keywords: new KeywordIndex(facts.flows.flatMap((flow) => bindings(flow, facts.address))),
    reserved: reservedWords(facts.country, facts.languages, facts.gateway),
    languages: facts.languages,
    program: facts.program,
    lists: facts.lists,
  };
}

function bindings(flow: PublishedFlow, address: string): KeywordBinding<KeywordTarget>[] {
  return flow.compiled.definition.triggers
    .filter((trigger) => trigger.sender === '*' || trigger.sender === address)
    .flatMap((trigger) =>
      trigger.words.map((word) => ({
        words: word,
        match: trigger.match,
        target: { flow, word, medium: trigger.medium ?? null },
      })),
    );
}
