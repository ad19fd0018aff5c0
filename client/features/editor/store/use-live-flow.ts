import { useEffect, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { type OpenFlow, openFlow } from '#flows/open.ts';

const PAUSE = 120;
/** Opening a big drawing takes its time; it waits this many times as long for a pause in the typing. */
const PATIENCE = 3;

let lastTook = 0;
// The draft that was just saved is most often the one just opened.
const openedBefore = new WeakMap<Definition, OpenFlow | null>();

/** The draft opened: its issues and its machine, a moment after each edit of its logic. Moving cards opens nothing anew. */
export function useLiveFlow(definition: Definition): OpenFlow | null {
  const [flow, setFlow] = useState(() => openedDraft(definition));
  useEffect(() => {
    if (flow && sameParts(flow.definition, definition)) return;
    const timer = setTimeout(
      () => setFlow((before) => openedDraft(definition) ?? before),
      Math.max(PAUSE, PATIENCE * lastTook),
    );
    return () => clearTimeout(timer);
  }, [definition, flow]);
  return flow;
}

/** Opens a draft, once for as long as it is the same object. Null for JSON that is no flow, which no edit makes. */
export function openedDraft(definition: Definition): OpenFlow | null {
  const known = openedBefore.get(definition);
  if (known !== undefined) return known;
  const start = performance.now();
  const flow = openFlow(definition);
  lastTook = performance.now() - start;
  // The editor's own object stands for what was opened, so that the parts can be compared by identity.
  const result = flow.definition === null ? null : { ...flow, definition };
  openedBefore.set(definition, result);
  return result;
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
