import classes from './bubble.module.css';
import { splitTemplate } from './split-template.ts';

/** A text as the person will read it, at most three lines; its variables stand out. */
export function Bubble({ text, placeholder = 'No text yet' }: { text: string; placeholder?: string }) {
  if (text.trim() === '') return <div className={classes.empty}>{placeholder}</div>;
  return (
    <div className={classes.bubble} dir="auto">
      <div className={classes.text}>
        <Filled text={text} />
      </div>
    </div>
  );
}

/** A text whose variables stand out. */
export const Filled = ({ text }: { text: string }) =>
  splitTemplate(text).map((piece, index) =>
    piece.kind === 'variable' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
      <span key={index} className={classes.variable}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );

/** What a step that texts nobody does, in a sentence on its card. */
export function Gist({ children }: { children: React.ReactNode }) {
  return (
    <div className={classes.gist} dir="auto">
      {children}
    </div>
  );
}
