import { languageName } from '#shared/languages.ts';
import { segment, withSuggestions } from '#shared/sms/segments.ts';
import type { BoundNode, NodeText } from '../../engine/node-kind.ts';
import { parseTemplate, TemplateError } from '../../engine/template.ts';
import { error, type Issue, type Place, warning } from '../issue.ts';
import type { Drawing } from './drawing.ts';

/** Texts of more parts than this are hard to read and dear to send. */
const MANY_PARTS = 3;
/** Where marketing texts themselves have to say how to leave. */
const STOP_IN_TEXT = ['US', 'FR'];

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  run: ['run.keyword', 'run.medium', 'run.rest'],
  program: ['program.brand'],
};

/** A text as one language has it, and where it stands. */
interface Wording {
  text: string;
  language: string;
  place: Place;
}

/** Whether texts can be filled in, are translated, say how to leave where they must, and are not dearer than they need be. */
export function inspectTexts(drawing: Drawing, countries: readonly string[]): Issue[] {
  const known = variablesOf(drawing);
  return [...drawing.nodes.values()].flatMap((node) => {
    const purposes = new Map(
      drawing.outlines
        .get(node.id)
        ?.requests.flatMap(({ request }) =>
          request.kind === 'send' ? [[request.field, request.purpose]] : [],
        ),
    );
    const name = drawing.name(node.id);
    return [
      ...node.reads.flatMap((variable) => unknownVariable(variable, known, name, { node: node.id })),
      ...node.texts.flatMap((text) => {
        const wordings = wordingsOf(text, node, drawing);
        const purpose = purposes.get(text.field);
        return [
          ...wordings.flatMap((wording) => variables(wording, known, name)),
          ...(purpose === undefined ? [] : missing(text, node, drawing)),
          ...(purpose === undefined ? [] : wordings.flatMap((wording) => length(wording, name))),
          ...(purpose === 'marketing'
            ? wordings.flatMap((wording) => leaving(wording, name, countries))
            : []),
        ];
      }),
    ];
  });
}

function wordingsOf({ field, template }: NodeText, node: BoundNode, { definition }: Drawing): Wording[] {
  const [base = 'en', ...others] = definition.languages;
  const translated = others.flatMap((language) => {
    const text = definition.translations[language]?.[`${node.id}.${field}`];
    const place = { node: node.id, path: `translations.${language}.${field}` };
    return text ? [{ text, language, place }] : [];
  });
  return [
    { text: template, language: base, place: { node: node.id, path: `config.${field}` } },
    ...translated,
  ];
}

function missing({ field }: NodeText, node: BoundNode, { definition, name }: Drawing): Issue[] {
  return definition.languages
    .slice(1)
    .filter((language) => !definition.translations[language]?.[`${node.id}.${field}`]?.trim())
    .map((language) =>
      warning(
        'translation.missing',
        `${name(node.id)} is not translated into ${languageName(language)} yet. People who speak it get the first language.`,
        { node: node.id, path: `translations.${language}.${field}` },
      ),
    );
}

/** Every variable that has a value somewhere in this flow; null stands for "any name" while a step cannot be read. */
function variablesOf({ definition, nodes }: Drawing): ReadonlySet<string> | null {
  if (nodes.size < definition.nodes.length) return null;
  return new Set([...nodes.values()].flatMap(({ sets }) => sets));
}

function variables({ text, place }: Wording, known: ReadonlySet<string> | null, name: string): Issue[] {
  try {
    return parseTemplate(text).variables.flatMap((variable) => unknownVariable(variable, known, name, place));
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    return [error('template.broken', `${name} cannot be filled in. ${cause.message}`, place)];
  }
}

function unknownVariable(
  variable: string,
  known: ReadonlySet<string> | null,
  name: string,
  place: Place,
): Issue[] {
  const [space = '', key, ...more] = variable.split('.');
  const named = key !== undefined && more.length === 0 && /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(key);
  if (space === 'contact' && named) return [];
  if (KNOWN[space]?.includes(variable)) return [];
  if (space === 'answers' && named) {
    if (!known || known.has(variable)) return [];
    const sentence = `${name} uses {{${variable}}}, but no step keeps an answer under “${key}”. Save the answer of a question under this name.`;
    return [error('variable.never-set', sentence, place)];
  }
  const sentence = `${name} uses {{${variable}}}, which is not known. Use contact.…, answers.…, run.keyword, run.medium, run.rest or program.brand.`;
  return [error('variable.unknown', sentence, place)];
}

/** A variable counts as so many letters when nobody knows yet what it will be. */
const filled = (text: string): string => text.replace(/\{\{[^{}]*\}\}/g, 'x'.repeat(10));

function length({ text, place }: Wording, name: string): Issue[] {
  const { segments, culprits } = segment(filled(text));
  const [culprit] = culprits;
  const plain = segment(withSuggestions(filled(text)));
  const cheaper = culprit && plain.segments < segments && plain.culprits.length === 0;
  const hint = !culprit
    ? ''
    : ` Because of “${culprit.char}” a part holds 70 characters instead of 160${culprit.suggestion ? `: write “${culprit.suggestion}”` : ''}.`;
  if (segments > MANY_PARTS) {
    return [
      warning(
        'text.long',
        `${name} takes ${segments} parts, each of them paid for. Shorten it.${hint}`,
        place,
      ),
    ];
  }
  if (!cheaper) return [];
  return [
    warning('text.dear', `${name} takes ${segments} parts where ${plain.segments} would do.${hint}`, place),
  ];
}

function leaving({ text, place }: Wording, name: string, countries: readonly string[]): Issue[] {
  if (!countries.some((country) => STOP_IN_TEXT.includes(country)) || /\bstop\b/i.test(text)) return [];
  const sentence = `${name} is marketing and does not say how to leave. Add “Reply STOP to end.”`;
  return [warning('marketing.no-stop', sentence, place)];
}
