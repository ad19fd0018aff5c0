import { useEffect, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { type OpenFlow, openFlow } from '#flows/open.ts';

const PAUSE = 120;

/** The draft opened: its issues and its machine, a moment after each edit of its logic. Moving cards opens nothing anew. */
export function useLiveFlow(definition: Definition): OpenFlow | null {
  const [flow, setFlow] = useState(() => opened(definition));
  useEffect(() => {
    if (flow && sameParts(flow.definition, definition)) return;
    const timer = setTimeout(() => setFlow((before) => opened(definition) ?? before), PAUSE);
    return () => clearTimeout(timer);
  }, [definition, flow]);
  return flow;
}

function opened(definition: Definition): OpenFlow | null {
  const flow = openFlow(definition);
  if (flow.definition === null) return null;
  // The editor's own object stands for what was opened, so that the parts can be compared by identity.
  return { ...flow, definition };
}

/** Whether two drafts share everything but their layout; edits share what they leave alone. */
const sameParts = (a: Definition, b: Definition): boolean =>
  a.nodes === b.nodes &&
  a.edges === b.edges &&
  a.start === b.start &&
  a.triggers === b.triggers &&
  a.interruptible === b.interruptible &&
  a.languages === b.languages &&
  a.translations === b.translations &&
  a.name === b.name;
