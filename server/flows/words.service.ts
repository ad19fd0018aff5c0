import { Injectable } from '@nestjs/common';
import { SCHEMA_VERSION } from '#flows/definition/schema.ts';
import type { WordStanding } from '#shared/api/keywords.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { readDefinition } from './definition-door.ts';
import { FlowInspector } from './flow-inspector.service.ts';
import { isTaken } from './taken.ts';

/** So many words are looked at besides: JOIN2 to JOIN20. */
const MOST = 20;
const LONGEST = 80;

/** Words that flows might start with. */
@Injectable()
export class Words {
  constructor(
    private readonly inspector: FlowInspector,
    private readonly clock: Clock,
  ) {}

  /**
   * What would be wrong with a flow that starts with a word, and a word that is free where another flow has it. Without `flowId` the
   * flow is yet to be made, so that every one there is is another.
   */
  async standing(workspaceId: string, word: string, flowId = newId(this.clock.now())): Promise<WordStanding> {
    const words = [word, ...numbered(word)];
    const flow = readDefinition({
      schemaVersion: SCHEMA_VERSION,
      name: 'New',
      triggers: [{ kind: 'keyword', words }],
      nodes: [],
      edges: [],
      start: null,
    });
    const found = await this.inspector.inspect(workspaceId, flowId, flow);
    const of = (at: number) => found.filter(({ place }) => place.path === `triggers.0.words.${at}`);
    const own = of(0);
    const taken = own.length > 0 && own.every(isTaken);
    return {
      issues: own.map(({ code, severity, message }) => ({ code, severity, message })),
      free: taken ? (words.find((_, at) => of(at).length === 0) ?? null) : null,
    };
  }
}

const numbered = (word: string): string[] =>
  Array.from({ length: MOST - 1 }, (_, at) => `${word.slice(0, LONGEST - 2)}${at + 2}`);
