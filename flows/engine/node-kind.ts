import type { z } from 'zod';
import { error, type Issue } from '../definition/issue.ts';
import type { Definition } from '../definition/schema.ts';
import type { AnswerWords } from './classify.ts';
import type { EffectRequest, Scalar } from './effects.ts';

/** The families of cards on the canvas, each with its colour. */
export type Family = 'talk' | 'ask' | 'decide' | 'act' | 'time' | 'measure' | 'end';

/**
 * A named way out of a node. A `required` port that leads nowhere is an error; any other open port ends the run with `open`.
 */
export interface Port {
  id: string;
  label: string;
  /** The words that lead there, shown beside the label ("YES · yeah · ok"). */
  hint?: string;
  required: boolean;
  open: 'completed' | 'not-reached';
}

/** What came along with a person's text, and when and where it was sent: data of the shell's, for dates, numbers and pictures. */
export interface ReplyFacts {
  /** When it came, in milliseconds since 1970. */
  now?: number;
  /** How many minutes the person's clock was ahead of UTC then. */
  offsetMinutes?: number;
  /** The person's number: its country tells how dates and numbers are written there. */
  phone?: string;
  /** Addresses of the pictures and other files that came along. */
  media?: readonly string[];
}

/** A person's text, in the two forms a node may need: as it is kept, and as words are compared. */
export interface Reply extends ReplyFacts {
  text: string;
  normalised: string;
}

/** What a reply means to a node. `explicit`: the person named this answer, so it may win over a keyword. */
export interface Classified {
  category: string;
  value: Scalar;
  explicit: boolean;
}

export type Classifier = (reply: Reply, language: string) => Classified;

/** An action in a node's fragment: ask for an effect, or keep the value of the event as an answer. */
export type FragmentAction =
  | { type: 'ask'; params: EffectRequest }
  | { type: 'capture'; params: { as: string } }
  | { type: 'edge'; params: { from: string; port: string; to: string } };

export interface FragmentTransition {
  /** A place of the same node ("wait-1"), or "#id" for another node; left out, the node stays where it is. */
  target?: string;
  actions?: FragmentAction[];
}

/** One place of a node, as XState sees it. No invoke, no spawn, no `after`: a wait asks for a wake-up. */
export interface PlaceFragment {
  entry?: FragmentAction[];
  on?: Record<string, FragmentTransition>;
  always?: FragmentTransition;
}

/** Builds the transition that leaves by a port, with what is done on the way. */
export type To = (port: string, ...actions: FragmentAction[]) => FragmentTransition;

/** A text that a node sends: where it stands in the config, and the template itself. */
export interface NodeText {
  field: string;
  template: string;
}

/** Words that mean an answer, as they can be translated: where they stand in the config, and what they are in other languages. */
export interface ReplyWords {
  /** The path of the object with `words` and `byLanguage`; elements of arrays by id or place ("answers.yes"). */
  field: string;
  /** What the author calls the answer. */
  label: string;
  words: readonly string[];
  byLanguage: Readonly<Record<string, readonly string[]>>;
}

/** An event from outside that a node waits for. `key`: the field of the text that says which one ("order 17"), null for any. */
export interface Listening {
  event: string;
  key: string | null;
}

/** A version of another flow that a node holds: whose it is, null where nobody chose one yet, and its definition as JSON. */
export interface Embedding {
  flow: { id: string; name: string; version: number } | null;
  definition: unknown;
}

/** What an author may do wrong in one node beyond the shape of its config. */
export type NodeIssue = Omit<Issue, 'place'> & { path?: string };

/** What a node type declares about a config of its own. Everything here is pure and total. */
export interface NodeSpec<Config> {
  kind: string;
  family: Family;
  /** The card's name in the palette ("Ask a question"). */
  title: string;
  /** One sentence for the palette: what it is for. */
  summary: string;
  schema: z.ZodType<Config>;
  /** The config of a card that was just dropped on the canvas of this flow; it parses. */
  initial: (flow?: Pick<Definition, 'name' | 'nodes'>) => Config;
  /** The config of a copy in a flow that has these steps already, where a name in it has to be its own; without it the same. */
  copied?: (config: Config, nodes: Definition['nodes']) => Config;
  /** Every place a run can rest or pass in this node. Append-only: recorded runs stand in them. The first is the entry. */
  places: readonly string[];
  ports: (config: Config) => Port[];
  /** The templates it sends, for translation, counting and checking. */
  texts?: (config: Config) => NodeText[];
  /** Whether a run can rest here. */
  waits?: (config: Config) => boolean;
  /** Of what people answer only what came of it is kept, such as of the day they were born. */
  forgets?: (config: Config) => boolean;
  /** A run that rests here is in the middle of something that answers soon by itself: nothing else is taken up meanwhile. */
  busy?: boolean;
  /** The event from outside that ends the waiting, and the text whose value its key must have, if any. */
  listens?: (config: Config) => Listening | null;
  /** A remark on the canvas: it never runs, and no line leads to it. */
  passive?: boolean;
  /** The flow it holds, which runs in its place. */
  embeds?: (config: Config) => Embedding;
  /** Free text → one of finitely many categories; each has a `reply.<category>` transition. Nodes that ask have it. Tables are built once a config. */
  classifier?: (config: Config) => Classifier;
  /** The words that mean each category, where words decide; for collisions with keywords and reserved words. */
  words?: (config: Config, language: string) => AnswerWords[];
  /** The lists of words that may be translated. */
  replyWords?: (config: Config) => ReplyWords[];
  /** Texts that classify back to the category, for proofs and suggested replies. */
  examples?: (config: Config, language: string) => Record<string, string[]>;
  /** Variables it reads outside its texts ("contact.city"). */
  reads?: (config: Config) => string[];
  /** Variables that have a value once the run has left ("answers.size"). */
  sets?: (config: Config) => string[];
  /** What else an author may have done wrong. */
  check?: (config: Config) => NodeIssue[];
  /** The XState fragment: one entry a place in use. */
  states: (config: Config, to: To) => Record<string, PlaceFragment>;
}

/** A node of a definition bound to its kind: the config is known to parse, so nothing here can be asked wrongly. */
export interface BoundNode {
  id: string;
  kind: string;
  family: Family;
  title: string | null;
  entry: string;
  ports: Port[];
  texts: NodeText[];
  waits: boolean;
  forgets: boolean;
  busy: boolean;
  listens: Listening | null;
  passive: boolean;
  embeds: Embedding | null;
  /** The flow it holds, once `parse` has read it. */
  embedded: { definition: Definition; nodes: ReadonlyMap<string, BoundNode> } | null;
  classify: Classifier | null;
  words: (language: string) => AnswerWords[];
  replyWords: ReplyWords[];
  examples: (language: string) => Record<string, string[]>;
  reads: string[];
  sets: string[];
  issues: Issue[];
  states: (to: To) => Record<string, PlaceFragment>;
}

/** A node type as the registry holds it, its config type closed over. */
export interface NodeKind {
  kind: string;
  family: Family;
  title: string;
  summary: string;
  places: readonly string[];
  passive: boolean;
  schema: z.ZodType;
  initial: (flow?: Pick<Definition, 'name' | 'nodes'>) => unknown;
  /** The config of a copy in a flow that has these steps already. One that cannot be read stays as it is. */
  copied: (config: unknown, nodes: Definition['nodes']) => unknown;
  /** Binds a node of a definition, or says what is wrong with its config. */
  bind: (node: { id: string; title?: string; config: unknown }) => BoundNode | Issue[];
}

/** Declares a node type. */
export function defineNode<Config>(spec: NodeSpec<Config>): NodeKind {
  return {
    kind: spec.kind,
    family: spec.family,
    title: spec.title,
    summary: spec.summary,
    places: spec.places,
    passive: spec.passive ?? false,
    schema: spec.schema,
    initial: spec.initial,
    copied(config, nodes) {
      const read = spec.copied && spec.schema.safeParse(config);
      return spec.copied && read?.success ? spec.copied(read.data, nodes) : config;
    },
    bind(node) {
      const parsed = spec.schema.safeParse(node.config);
      if (!parsed.success) {
        return parsed.error.issues.map((issue) =>
          error('node.config', issue.message, { node: node.id, path: ['config', ...issue.path].join('.') }),
        );
      }
      const config = parsed.data;
      return {
        id: node.id,
        kind: spec.kind,
        family: spec.family,
        title: node.title ?? null,
        entry: spec.places[0] ?? '',
        ports: spec.ports(config),
        texts: spec.texts?.(config) ?? [],
        waits: spec.waits?.(config) ?? false,
        forgets: spec.forgets?.(config) ?? false,
        busy: spec.busy ?? false,
        listens: spec.listens?.(config) ?? null,
        passive: spec.passive ?? false,
        embeds: spec.embeds?.(config) ?? null,
        embedded: null,
        classify: spec.classifier?.(config) ?? null,
        words: (language) => spec.words?.(config, language) ?? [],
        replyWords: spec.replyWords?.(config) ?? [],
        examples: (language) => spec.examples?.(config, language) ?? {},
        reads: spec.reads?.(config) ?? [],
        sets: spec.sets?.(config) ?? [],
        issues: (spec.check?.(config) ?? []).map(({ path, ...issue }) => ({
          ...issue,
          place: { node: node.id, ...(path === undefined ? {} : { path: `config.${path}` }) },
        })),
        states: (to) => spec.states(config, to),
      };
    },
  };
}

/** Shorthand for an action that asks for an effect. */
export const ask = (params: EffectRequest): FragmentAction => ({ type: 'ask', params });

/** Shorthand for an action that keeps the event's value as `answers.<as>`. */
export const capture = (as: string): FragmentAction => ({ type: 'capture', params: { as } });

/** The way on of a node that has just one; it must lead somewhere. */
export const NEXT: Port = { id: 'next', label: 'Then', required: true, open: 'completed' };

/** The way out when the consent gate refuses the text; most drawings leave it open. */
export const SUPPRESSED: Port = {
  id: 'suppressed',
  label: 'Not allowed to text',
  required: false,
  open: 'not-reached',
};
