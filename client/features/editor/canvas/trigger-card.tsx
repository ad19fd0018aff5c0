import { Handle, type NodeProps, Position } from '@xyflow/react';
import { IconMessage2Bolt } from '@tabler/icons-react';
import { memo } from 'react';
import type { Trigger } from '#flows/definition/schema.ts';
import { TRIGGER_CARD, type TriggerCardNode } from './canvas-nodes.ts';
import classes from './card.module.css';
import { CardBadges } from './card-badges.tsx';
import { useOverlay } from './overlay.ts';

const SHOWN = 4;

/** What starts the flow: the keywords people text, and where. */
export const TriggerCard = memo(function TriggerCard({ data, selected }: NodeProps<TriggerCardNode>) {
  const { triggers } = data;
  const started = useOverlay((overlay) => overlay.path.nodes.size > 0);
  return (
    <article
      className={classes.card}
      data-family="start"
      data-selected={selected || undefined}
      data-lit={started ? 'passed' : undefined}
    >
      <header className={classes.head}>
        <IconMessage2Bolt size={18} stroke={1.8} className={classes.icon} aria-hidden />
        <div className={classes.title}>When somebody texts</div>
        <CardBadges id={TRIGGER_CARD} />
      </header>
      <div className={classes.body}>
        {triggers.length === 0 ? (
          <p className={classes.none}>No keyword yet. Select this card to add one.</p>
        ) : (
          triggers
            .slice(0, SHOWN)
            .map((trigger) => <TriggerLine key={JSON.stringify(trigger)} trigger={trigger} />)
        )}
        {triggers.length > SHOWN ? <p className={classes.none}>and {triggers.length - SHOWN} more</p> : null}
      </div>
      <div className={classes.port}>
        <span className={classes.portLabel}>Starts with</span>
        <Handle id="start" type="source" position={Position.Right} className={classes.source} />
      </div>
    </article>
  );
});

function TriggerLine({ trigger }: { trigger: Trigger }) {
  const { kind, words, match, sender, medium, from, until, known } = trigger;
  const terms = [
    match === 'pattern' ? 'pattern' : match === 'close' ? 'typos forgiven' : null,
    sender === '*' ? null : `on ${sender}`,
    medium,
    from !== undefined || until !== undefined ? 'for some time' : null,
    known === 'known' ? 'known numbers' : known === 'unknown' ? 'new numbers' : null,
  ].filter((term) => term);
  return (
    <div className={classes.trigger}>
      {kind === 'unmatched' ? <span>any text that nothing else takes</span> : null}
      {words.slice(0, 6).map((word) => (
        <kbd key={word} className={classes.word} dir="auto">
          {word}
        </kbd>
      ))}
      {words.length > 6 ? <span className={classes.none}>+{words.length - 6}</span> : null}
      {terms.length > 0 ? <span className={classes.none}>{terms.join(' · ')}</span> : null}
    </div>
  );
}
