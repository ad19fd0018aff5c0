import { z } from 'zod';
import { nameSchema, portIdSchema, textSchema, wordsSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import {
  capture,
  type Classifier,
  defineNode,
  type NodeIssue,
  type Port,
  SUPPRESSED,
} from '../../engine/node-kind.ts';
import { repeatedIds } from '../../engine/repeated-ids.ts';
import { categoryClassifier, withOther, type ReplyCategory } from '../../replies/categories.ts';
import { categoryExamples } from '../../replies/examples.ts';
import { wordsFor } from '../../replies/read-words.ts';
import { numberedIn } from './numbered-list.ts';

/** Port names a menu has of its own, which no option may take. */
export const OWN_PORTS = ['other', 'timeout', 'suppressed'];

const optionSchema = z.strictObject({
  id: portIdSchema(OWN_PORTS),
  /** As it stands in the text; people may text it instead of the number. */
  label: z.string().trim().min(1, 'Name the option.').max(60),
  words: wordsSchema.default([]),
  /** Labels and words for people who speak another of the flow's languages. */
  byLanguage: z.record(z.string().min(2).max(12), wordsSchema).optional(),
});

export const menuConfig = z.strictObject({
  /** The text as it goes out, its numbered list with it. */
  text: textSchema('Write the question, and the options with their numbers.'),
  /** In the order of their numbers, from 1. */
  options: z.array(optionSchema).min(2, 'Give at least two options.').max(12),
  saveAs: nameSchema.optional(),
  typos: z.boolean().default(true),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
  purpose: z.enum(['reply', 'service']).default('reply'),
});
export type MenuConfig = z.infer<typeof menuConfig>;

/** Offers numbered options, to be chosen by number or by name. */
export const menu = defineNode<MenuConfig>({
  kind: 'menu',
  family: 'ask',
  title: 'Offer a menu',
  summary: 'Offers numbered options, to be chosen by number or by name.',
  schema: menuConfig,
  initial: () => ({
    text: 'How can we help? Reply with a number.\n1 Opening hours\n2 Where we are',
    options: [
      { id: 'hours', label: 'Opening hours', words: ['HOURS'] },
      { id: 'where', label: 'Where we are', words: ['WHERE', 'ADDRESS'] },
    ],
    typos: true,
    retries: 1,
    retryText: 'Please reply with just the number of an option.',
    timeout: '24h',
    purpose: 'reply',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  ports: ({ options, timeout }) => [
    ...options.map(
      ({ id, label, words }, at): Port => ({
        id,
        label,
        hint: [at + 1, ...words].slice(0, 4).join(' · '),
        required: true,
        open: 'completed',
      }),
    ),
    { id: 'other', label: 'Anything else', required: true, open: 'completed' },
    ...timeoutPorts(timeout),
    SUPPRESSED,
  ],
  texts: ({ text, retryText }) => [
    { field: 'text', template: text },
    ...(retryText ? [{ field: 'retryText', template: retryText }] : []),
  ],
  sets: ({ saveAs }) => (saveAs ? [`answers.${saveAs}`] : []),
  replyWords: ({ options }) =>
    options.map(({ id, label, words, byLanguage = {} }) => ({
      field: `options.${id}`,
      label,
      words: [label, ...words],
      byLanguage,
    })),
  words: ({ options }, language) =>
    options.map((option, at) => ({
      id: option.id,
      words: [String(at + 1), ...wordsFor(named(option), language)],
    })),
  classifier,
  examples: (config, language) => categoryExamples(categories(config), classifier(config), language),
  check: (config) => [
    ...repeatedIds(config.options, 'options'),
    ...endless(config.timeout),
    ...withoutNumber(config),
  ],
  states: ({ options, saveAs, purpose, retries, retryText, timeout }, to) => {
    const keep = saveAs ? [capture(saveAs)] : [];
    return askingStates(
      {
        purpose,
        retries,
        retryField: retryText ? 'retryText' : null,
        timeout: timeout ?? null,
        replies: Object.fromEntries(options.map(({ id }) => [id, to(id, ...keep)])),
        unclear: to('other', ...keep),
      },
      to,
    );
  },
});

const named = ({ label, words, byLanguage }: MenuConfig['options'][number]) => ({
  words: [label, ...words],
  byLanguage,
});

const categories = ({ options }: MenuConfig): ReplyCategory[] =>
  options.map((option, at) => ({
    id: option.id,
    ...named(option),
    tests: [{ test: 'number', equals: at + 1 }],
  }));

/** Whichever way an option was chosen, its name is kept. */
function classifier(config: MenuConfig): Classifier {
  const classify = withOther(categoryClassifier(categories(config), { typos: config.typos }));
  return (reply, language) => {
    const classified = classify(reply, language);
    const { category } = classified;
    return category === 'other' ? classified : { ...classified, value: category };
  };
}

/** Whoever does not read a number in the text cannot reply with it. */
function withoutNumber({ text, options }: MenuConfig): NodeIssue[] {
  const numbers = numberedIn(text);
  const missing = options.findIndex((_, at) => !numbers.has(at + 1));
  if (missing < 0) return [];
  const { label } = options[missing] ?? { label: '' };
  return [
    {
      code: 'menu.number-missing',
      severity: 'warning',
      message: `The text does not say that “${label}” is number ${missing + 1}. Write “${missing + 1} ${label}” on a line of its own.`,
      path: 'text',
    },
  ];
}
