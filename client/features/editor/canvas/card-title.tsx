import type { FlowNode } from '#flows/definition/schema.ts';
import { titleOf } from './bound-step.ts';
import classes from './card.module.css';
import { useCanvasActions, useOverlay } from './overlay.ts';

/** A card's title; a double click makes it a field, Enter keeps what was written, Escape doesn't. */
export function CardTitle({ step }: { step: FlowNode }) {
  const actions = useCanvasActions();
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
        actions.rename(step.id, event.currentTarget.value.trim());
        actions.setRenaming(null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') actions.setRenaming(null);
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
