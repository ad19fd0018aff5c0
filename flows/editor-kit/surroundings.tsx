import { createContext, type ReactNode, use } from 'react';

/** An A/B test as its step draws it: its key, and what part of people each version gets. */
export interface PlannedStep {
  experiment: string;
  shares: readonly number[];
}

/** A pool of vouchers, as a step names it. */
export interface NamedPool {
  key: string;
  name: string;
  state: 'open' | 'closed';
}

/** What a step's form may offer to choose from, known only to the page around it. */
export interface Surroundings {
  lists: readonly { key: string; name: string }[];
  /** Pools of vouchers: the newest ones, and those that this flow names. */
  pools: readonly NamedPool[];
  /** Pools of a workspace with more than those, by part of what they are called. */
  findPools: (words: string) => Promise<readonly NamedPool[]>;
  /** Every variable a text of this flow can name, such as "contact.firstName". */
  variables: readonly string[];
  /** The flow's languages, the base language first. */
  languages: readonly string[];
  /** Other flows that are published, each with its newest version. */
  flows: readonly { id: string; name: string; version: number }[];
  /** A published version: its definition as JSON, and what its author noted of it. */
  loadVersion: (flowId: string, version: number) => Promise<{ definition: unknown; note: string | null }>;
  /** What is different between two definitions, a sentence each. */
  changesBetween: (before: unknown, after: unknown) => readonly string[];
  /** Where a flow is edited. */
  flowHref: (flowId: string) => string;
  /** What helps to plan an A/B test: how many people it takes, and how long. Nothing where nobody can say. */
  testPlanner: (test: PlannedStep) => ReactNode;
  readOnly: boolean;
}

const NOTHING: Surroundings = {
  lists: [],
  pools: [],
  findPools: () => Promise.resolve([]),
  variables: [],
  languages: ['en'],
  flows: [],
  loadVersion: () => Promise.reject(new Error('No flows are at hand.')),
  changesBetween: () => [],
  flowHref: (flowId) => `/flows/${flowId}`,
  testPlanner: () => null,
  readOnly: false,
};

const SurroundingsContext = createContext<Surroundings>(NOTHING);

/** Gives the forms below what they may choose from. */
export function SurroundingsProvider({ value, children }: { value: Surroundings; children: ReactNode }) {
  return <SurroundingsContext value={value}>{children}</SurroundingsContext>;
}

/** What the page around offers. */
export const useSurroundings = (): Surroundings => use(SurroundingsContext);
