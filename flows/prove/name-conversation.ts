import { durationOf, durationWords } from '../definition/duration.ts';
import type { Edge } from './explore.ts';
import type { Ground } from './ground.ts';

/** Names longer than this tell nothing more. */
const LONG = 90;

/** A name for a conversation by what happens in it: "Unclear, YES, Had entered before". */
export function nameOf(path: readonly Edge[], ground: Ground): string {
  const first = path.find(({ happening }) => happening?.kind === 'keyword');
  const parts = path.flatMap((edge) => [...happened(edge, edge === first), ...chosen(edge, ground)]);
  const name = parts.join(', ');
  if (name === '') return 'All the way';
  if (name.length <= LONG) return name;
  const last: string[] = [];
  for (const part of parts.toReversed()) {
    if (last.join(', ').length + part.length > LONG) break;
    last.unshift(part);
  }
  return `… ${last.join(', ')}`;
}

/** What no line of the drawing is named after. */
function happened({ happening, passages }: Edge, isFirst: boolean): string[] {
  switch (happening?.kind) {
    case 'reply':
      return passages.length === 0 ? ['Unclear'] : [];
    case 'timeout':
      return passages.length === 0 ? [`${durationWords(durationOf(happening.seconds))} later`] : [];
    case 'keyword':
      return isFirst ? [] : ['Again'];
    case 'help':
      return ['HELP'];
    case 'stop':
      return ['STOP'];
    case 'elsewhere': {
      const { list, becomes } = happening;
      return [`${becomes === 'confirmed' ? 'Joins' : 'Leaves'} ${list} elsewhere`];
    }
    case 'comeback':
      return ['START'];
    case 'event':
      return passages.length === 0 ? [happening.name] : [];
    default:
      return [];
  }
}

/** The names of the lines taken where there was a choice. */
function chosen({ passages }: Edge, { parsed }: Ground): string[] {
  return passages.flatMap(({ from, port }) => {
    const ports = (parsed.nodes.get(from)?.ports ?? []).filter(
      ({ id }) => id !== 'suppressed' || id === port,
    );
    return ports.length > 1 ? (ports.find(({ id }) => id === port)?.label ?? []) : [];
  });
}
