import { createContext, type ReactNode, use } from 'react';

/** What a step's form may offer to choose from, known only to the page around it. */
export interface Surroundings {
  lists: readonly { key: string; name: string }[];
  /** Every variable a text of this flow can name, such as "contact.firstName". */
  variables: readonly string[];
  /** The flow's languages, the base language first. */
  languages: readonly string[];
  /** Other flows that are published, each with its newest version. */
  flows: readonly { id: string; name: string; version: number }[];
  /** The definition of a published version, as JSON. */
  loadVersion: (flowId: string, version: number) => Promise<unknown>;
  readOnly: boolean;
}

const NOTHING: Surroundings = {
  lists: [],
  variables: [],
  languages: ['en'],
  flows: [],
  loadVersion: () => Promise.reject(new Error('No flows are at hand.')),
  readOnly: false,
};

const SurroundingsContext = createContext<Surroundings>(NOTHING);

/** Gives the forms below what they may choose from. */
export function SurroundingsProvider({ value, children }: { value: Surroundings; children: ReactNode }) {
  return <SurroundingsContext value={value}>{children}</SurroundingsContext>;
}

/** What the page around offers. */
export const useSurroundings = (): Surroundings => use(SurroundingsContext);
