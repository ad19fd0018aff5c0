import type { ReactNode } from 'react';
import type { Erased } from '#shared/api/common.ts';
import { TextWords } from './text-words.tsx';
import classes from './text-bubble.module.css';

export interface TextBubbleProps {
  /** Whose words: the workspace's or the person's. */
  from: 'us' | 'them';
  /** Null where it is not kept any longer. */
  text: string | null;
  erased?: Erased;
  /** At which side of the conversation it stands. A person's phone shows us at the start. */
  side?: 'start' | 'end';
  /** What stands small under it: time, status. */
  note?: ReactNode;
}

/** A text as it looks on a phone. */
export function TextBubble({
  from,
  text,
  erased,
  side = from === 'us' ? 'end' : 'start',
  note,
}: TextBubbleProps) {
  return (
    <div className={classes.row} data-side={side}>
      <div className={classes.bubble} data-from={from} dir="auto">
        <TextWords text={text} erased={erased} />
      </div>
      {note !== undefined && <div className={classes.note}>{note}</div>}
    </div>
  );
}
