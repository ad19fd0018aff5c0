import { useRef } from 'react';
import type { FlowNode } from '#flows/definition/schema.ts';
import { titleOf } from './bound-step.ts';
import classes from './card.module.css';
import { useCanvasActions, useOverlay } from './overlay.ts';

/** A card's title; a double click makes it a field, Enter keeps what was written, Escape doesn't. */
export function CardTitle({ step }: { step: FlowNode }) {
  const actions = useCanvasActions();
  /** Escape was pressed: what was written is not kept. */
  const dropped = useRef(false);
  const renaming = useOverlay((overlay) => overlay.renaming === step.id);
  if (!renaming || !actions) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: F2 and the inspector do the same for the keyboard
      <div
        className={classes.title}
        dir="auto"
        title={titleOf(step)}
        onDoubleClick={() => actions?.setRenaming(step.id)}
      >
        {titleOf(step)}
      </div>
    );
  }
  return (
    <input
      className={`${classes.titleInput} nodrag`}
      aria-label="Title"
      dir="auto"
      // biome-ignore lint/a11y/noAutofocus: the author just asked to write here
      autoFocus
      maxLength={80}
      defaultValue={step.title ?? ''}
      placeholder={titleOf({ ...step, title: undefined })}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => {
        if (!dropped.current) actions.rename(step.id, event.currentTarget.value.trim());
        dropped.current = false;
        actions.setRenaming(null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        const card = event.currentTarget.closest<HTMLElement>('.react-flow__node');
        dropped.current = event.key === 'Escape';
        // Giving the card the focus takes it from the field, which keeps what was written.
        if (event.key === 'Enter' || event.key === 'Escape') card?.focus();
      }}
    />
  );
}
