import { assertNever } from '#shared/assert-never.ts';
import type { BoundNode, ReplyWords } from '../engine/node-kind.ts';
import { nodeKind } from '../registry.ts';
import { clipOf, nodeOf, pasteClip } from './clip.ts';
import { withLanguages } from './languages.ts';
import { putAt } from './put-at.ts';
import { wordsIn } from './word-list.ts';
import type { Operation } from './operation.ts';
import { type Definition, type FlowEdge, type FlowNode, LIMITS, type Point } from './schema.ts';

/**
 * Does one operation to a definition and returns the new one; pure, so that an undo is the definition before. What cannot be
 * done (a step that is gone, an id that is taken, one step too many) changes nothing and returns the very same object.
 */
export function apply(definition: Definition, operation: Operation): Definition {
  const after = perform(definition, operation);
  const tooBig = after.nodes.length > LIMITS.nodes || after.edges.length > LIMITS.edges;
  return tooBig ? definition : after;
}

function perform(definition: Definition, operation: Operation): Definition {
  switch (operation.do) {
    case 'rename':
      return operation.name.trim() === '' ? definition : { ...definition, name: operation.name.trim() };
    case 'describe':
      return { ...definition, description: operation.description || undefined };
    case 'add-node':
      return addNode(definition, operation.node, operation.at);
    case 'remove-nodes':
      return removeNodes(definition, operation.ids);
    case 'configure-node':
      return configureNode(definition, operation.id, operation.config);
    case 'title-node':
      return withNode(definition, operation.id, (node) => ({ ...node, title: operation.title || undefined }));
    case 'connect':
      return connect(definition, operation.edge);
    case 'disconnect':
      return disconnect(definition, operation.from, operation.port);
    case 'insert-on-edge':
      return insertOnEdge(definition, operation);
    case 'move-nodes':
      return moveNodes(definition, operation.to);
    case 'set-start':
      return setStart(definition, operation.id);
    case 'set-triggers':
      return { ...definition, triggers: operation.triggers };
    case 'set-interruptible':
      return { ...definition, interruptible: operation.interruptible };
    case 'set-languages':
      return withLanguages(definition, operation.languages);
    case 'translate':
      return translate(definition, operation);
    case 'duplicate-nodes':
      return pasteClip(
        definition,
        clipOf(definition, Object.keys(operation.ids)),
        operation.ids,
        operation.by,
      );
    case 'paste':
      return pasteClip(definition, operation.clip, operation.ids, operation.by);
    default:
      return assertNever(operation);
  }
}

const has = (definition: Definition, id: string): boolean => definition.nodes.some((node) => node.id === id);

/** The first step of an empty flow is where it starts. */
function addNode(definition: Definition, node: FlowNode, at: Point): Definition {
  if (has(definition, node.id)) return definition;
  return {
    ...definition,
    nodes: [...definition.nodes, node],
    start: definition.start ?? (isNote(node) ? null : node.id),
    layout: { ...definition.layout, [node.id]: at },
  };
}

function setStart(definition: Definition, start: string | null): Definition {
  const node = definition.nodes.find(({ id }) => id === start);
  return start === null || (node && !isNote(node)) ? { ...definition, start } : definition;
}

/** A note is no step: it comes first nowhere, and no line leads to it. */
const isNote = ({ kind }: FlowNode): boolean => nodeKind(kind)?.passive ?? false;

function removeNodes(definition: Definition, ids: readonly string[]): Definition {
  const gone = new Set(ids);
  const stays = (id: string): boolean => !gone.has(id);
  if (!definition.nodes.some(({ id }) => gone.has(id))) return definition;
  return {
    ...definition,
    nodes: definition.nodes.filter(({ id }) => stays(id)),
    edges: definition.edges.filter(({ from, to }) => stays(from) && stays(to)),
    start: definition.start !== null && stays(definition.start) ? definition.start : null,
    layout: keysWhere(definition.layout, stays),
    translations: translationsWhere(definition, (key) => stays(nodeOf(key))),
  };
}

/** Lines from ways out that the new config no longer has go with them, and so do translations of texts it no longer has. */
function configureNode(definition: Definition, id: string, config: unknown): Definition {
  const configured = withNode(definition, id, (node) => ({ ...node, config }));
  const node = configured.nodes.find((one) => one.id === id);
  const bound = node && bind(node);
  if (!bound) return configured;
  const ports = new Set(bound.ports.map((port) => port.id));
  const texts = new Set(bound.texts.map(({ field }) => `${id}.${field}`));
  return {
    ...configured,
    edges: configured.edges.filter(({ from, port }) => from !== id || ports.has(port)),
    translations: translationsWhere(configured, (key) => nodeOf(key) !== id || texts.has(key)),
  };
}

function connect(definition: Definition, edge: FlowEdge): Definition {
  const from = definition.nodes.find(({ id }) => id === edge.from);
  const to = definition.nodes.find(({ id }) => id === edge.to);
  if (!from || !to || isNote(to)) return definition;
  const bound = bind(from);
  if (bound && !bound.ports.some(({ id }) => id === edge.port)) return definition;
  const { from: source, port } = edge;
  const others = withoutEdge(definition, source, port);
  return { ...definition, edges: [...others, { from: source, port, to: edge.to }] };
}

function disconnect(definition: Definition, from: string, port: string): Definition {
  const edges = withoutEdge(definition, from, port);
  return edges.length === definition.edges.length ? definition : { ...definition, edges };
}

const withoutEdge = ({ edges }: Definition, from: string, port: string): FlowEdge[] =>
  edges.filter((edge) => edge.from !== from || edge.port !== port);

function insertOnEdge(
  definition: Definition,
  { from, port, node, at }: Extract<Operation, { do: 'insert-on-edge' }>,
): Definition {
  const line = definition.edges.find((edge) => edge.from === from && edge.port === port);
  if (!line || has(definition, node.id) || isNote(node)) return definition;
  const through = bind(node)?.ports[0]?.id;
  const added = addNode(definition, node, at);
  const connected = connect(added, { from, port, to: node.id });
  return through === undefined
    ? connected
    : connect(connected, { from: node.id, port: through, to: line.to });
}

function moveNodes(definition: Definition, to: Readonly<Record<string, Point>>): Definition {
  const ids = new Set(definition.nodes.map(({ id }) => id));
  return { ...definition, layout: { ...definition.layout, ...keysWhere(to, (id) => ids.has(id)) } };
}

function translate(
  definition: Definition,
  { language, node, field, text }: Extract<Operation, { do: 'translate' }>,
): Definition {
  if (!has(definition, node) || definition.languages.indexOf(language) < 1) return definition;
  const answer = replyWordsAt(definition, node, field);
  if (answer) return translateWords(definition, node, answer, language, text ?? '');
  const key = `${node}.${field}`;
  const others = keysWhere(definition.translations[language] ?? {}, (one) => one !== key);
  const texts = text === null || text.trim() === '' ? others : { ...others, [key]: text };
  return { ...definition, translations: { ...definition.translations, [language]: texts } };
}

/** The words of an answer that a field of translations stands for ("answers.yes.words"), if it does. */
function replyWordsAt({ nodes }: Definition, id: string, field: string): ReplyWords | undefined {
  const node = nodes.find((one) => one.id === id);
  return node && bind(node)?.replyWords.find((one) => `${one.field}.words` === field);
}

/** Words are kept beside those they translate, in the step itself. */
function translateWords(
  definition: Definition,
  node: string,
  { field, byLanguage }: ReplyWords,
  language: string,
  text: string,
): Definition {
  const { [language]: _before, ...others } = byLanguage;
  const words = wordsIn(text);
  const next = words.length === 0 ? others : { ...others, [language]: words };
  const path = [...field.split('.'), 'byLanguage'];
  const value = Object.keys(next).length === 0 ? undefined : next;
  return withNode(definition, node, ({ config, ...rest }) => ({
    ...rest,
    config: putAt(config, path, value),
  }));
}

function withNode(definition: Definition, id: string, change: (node: FlowNode) => FlowNode): Definition {
  if (!has(definition, id)) return definition;
  return { ...definition, nodes: definition.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

function bind(node: FlowNode): BoundNode | null {
  const bound = nodeKind(node.kind)?.bind(node);
  return bound === undefined || Array.isArray(bound) ? null : bound;
}

const keysWhere = <Value>(record: Readonly<Record<string, Value>>, keep: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)));

const translationsWhere = ({ translations }: Definition, keep: (key: string) => boolean) =>
  Object.fromEntries(
    Object.entries(translations).map(([language, texts]) => [language, keysWhere(texts, keep)]),
  );
