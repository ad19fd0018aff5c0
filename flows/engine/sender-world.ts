import { agentWords } from '#shared/sms/agent-words.ts';
import { KeywordIndex } from '#shared/sms/keyword.ts';
import type { KeywordBinding } from '#shared/sms/keywords/binding.ts';
import { reservedWords } from '#shared/sms/reserved-words.ts';
import type { Trigger } from '../definition/schema.ts';
import { termsOf } from '../definition/terms.ts';
import type { ListPolicy } from './consent/terms.ts';
import type {
  ClosedKeyword,
  Entrance,
  KeywordTarget,
  ProgramTexts,
  PublishedFlow,
  SenderWorld,
} from './world.ts';

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
  /** What the addresses of short links begin with. */
  linkBase?: string;
  /** The newest published version of each flow in use. */
  flows: readonly PublishedFlow[];
  /** Those that are paused or archived: their keywords are answered with the program's text for that. */
  closedFlows?: readonly PublishedFlow[];
}

/** Builds the world of one sender; cached by the shell until something is published or changed. */
export function buildSenderWorld(facts: SenderFacts): SenderWorld {
  const reserved = reservedWords(facts.country, facts.languages, facts.gateway);
  const agent = facts.program.agent ? agentWords(facts.languages) : new Map<string, string>();
  const ways = facts.flows.flatMap((flow) => entrances(flow, facts.address));
  return {
    keywords: new KeywordIndex(ways.flatMap(bindings), {
      rivals: [...reserved.keys(), ...agent.keys()],
      alike: (a, b) => a.flow.flowId === b.flow.flowId,
    }),
    ...closedKeywords(facts),
    unmatched: ways.flatMap(({ trigger, entrance }) => (trigger.kind === 'unmatched' ? [entrance] : [])),
    reserved,
    agentWords: agent,
    languages: facts.languages,
    program: facts.program,
    lists: facts.lists,
    ...(facts.linkBase === undefined ? {} : { linkBase: facts.linkBase }),
  };
}

function closedKeywords({ closedFlows = [], program, address }: SenderFacts): Pick<SenderWorld, 'closed'> {
  if (!program.closed || closedFlows.length === 0) return {};
  const closed = closedFlows.flatMap((flow) =>
    entrances(flow, address).flatMap(({ trigger: { words, match } }) =>
      words.map((word): KeywordBinding<ClosedKeyword> => {
        const { name } = flow.compiled.definition;
        return { words: word, match, target: { word, flow: { id: flow.flowId, name } } };
      }),
    ),
  );
  return { closed: new KeywordIndex(closed, { alike: () => true }) };
}

interface Way {
  trigger: Trigger;
  entrance: Entrance;
}

function entrances(flow: PublishedFlow, address: string): Way[] {
  return flow.compiled.definition.triggers
    .filter(({ sender }) => sender === '*' || sender === address)
    .map((trigger) => {
      const { medium = null, language = null } = trigger;
      return { trigger, entrance: { flow, medium, language, terms: termsOf(trigger) } };
    });
}

const bindings = ({ trigger, entrance }: Way): KeywordBinding<KeywordTarget>[] =>
  trigger.words.map((word) => ({ words: word, match: trigger.match, target: { ...entrance, word } }));
