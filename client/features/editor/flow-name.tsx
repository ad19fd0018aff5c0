import { useState } from 'react';
import classes from './flow-editor.module.css';
import { useEditor, useEditorState } from './store/use-editor.ts';

/** The flow's name, to be changed where it stands. An empty name is not kept. */
export function FlowName({ readOnly }: { readOnly: boolean }) {
  const editor = useEditor();
  const name = useEditorState((state) => state.definition.name);
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const next = typed?.trim();
    if (next && next !== name) editor.edit('Rename the flow', [{ do: 'rename', name: next }]);
    setTyped(null);
  };
  return (
    <h1 className={classes.nameBox}>
      <input
        className={classes.name}
        aria-label="Name of the flow"
        dir="auto"
        size={Math.max(6, Math.min(40, (typed ?? name).length + 1))}
        maxLength={120}
        readOnly={readOnly}
        value={typed ?? name}
        title={name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
    </h1>
  );
}
