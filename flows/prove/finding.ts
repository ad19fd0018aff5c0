import type { Found } from './properties/property.ts';

/** Something wrong with a flow, the promise it breaks, and the conversation that shows it. */
export interface Finding extends Found {
  /** The id of the property, or `drawing` for what keeps a flow from being read at all. */
  property: string;
  /** Why somebody publishes nevertheless; an error that was shown to happen cannot be accepted. */
  accepted?: string;
}
