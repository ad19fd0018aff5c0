import type { Variables } from './condition.ts';
import type { Effect } from './effects.ts';
import type { ContactState, Identity, Run, SenderWorld, Trail, TrailStep } from './world.ts';

/** The desk one decision is worked out on: the facts it may change, and what it has decided so far. */
export interface Desk {
  world: SenderWorld;
  contact: ContactState;
  identity: Identity;
  now: number;
  /** From when on what is asked now is waited for. */
  waitsFrom: number;
  /** The person's own text that is being answered, or null when a wake-up or an order from outside is handled. */
  message: string | null;
  /** That text may be a STOP: whatever else it says, it is no consent. */
  doubted: boolean;
  /** When it was texted, or what else is handled happened. */
  saidAt: number;
  /** The run that goes on by that text, or begins with it; null where none does, or none that understood it. */
  answered: Run | null;
  effects: Effect[];
  touched: Set<Run>;
  trails: Map<string, Trail>;
}

/** What a text or a condition needs to know around a run. */
export type Surroundings = Pick<Desk, 'world' | 'contact'>;

export const trailOf = (run: Run, desk: Desk): TrailStep[] => trailAt(run.id, desk);

/** The trail of a run that may not be at hand any more. */
export function trailAt(runId: string, desk: Desk): TrailStep[] {
  let trail = desk.trails.get(runId);
  if (!trail) {
    trail = { runId, steps: [] };
    desk.trails.set(runId, trail);
  }
  return trail.steps;
}

/** A text of the node as the person would read it. */
export function textOf(node: string, field: string, run: Run, desk: Surroundings): string {
  const { compiled } = run.flow;
  const language = compiled.language(desk.contact.language);
  return compiled.text(node, field, language).render(variablesOf(run, desk));
}

/** What texts and conditions of a run can read right now. */
export const variablesOf = (run: Run, desk: Surroundings): Variables => new RunVariables(run, desk);

/** Only what is read is put together: most texts name little more than the program. */
class RunVariables implements Variables {
  readonly #run: Run;
  readonly #desk: Surroundings;
  #contact: Variables['contact'] | null = null;

  constructor(run: Run, desk: Surroundings) {
    this.#run = run;
    this.#desk = desk;
  }

  get contact(): Variables['contact'] {
    this.#contact ??= contactVariables(this.#desk.contact);
    return this.#contact;
  }

  get answers(): Variables['answers'] {
    return this.#run.position.context.answers;
  }

  get run(): Variables['run'] {
    const { keyword, medium, rest } = this.#run.entry;
    return { keyword, medium, rest };
  }

  get program(): Variables['program'] {
    return { brand: this.#desk.world.program.brand };
  }
}

function contactVariables({ fields, phone, language, tags }: ContactState): Variables['contact'] {
  return { ...fields, phone, language, tags: tags?.join(' ') ?? null };
}

/** A key of a record that came from people's words, so that "constructor" is a key like any other. */
export const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
