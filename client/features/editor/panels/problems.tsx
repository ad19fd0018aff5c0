import { Button, Group, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Definition } from '#flows/definition/schema.ts';
import { memo, useDeferredValue } from 'react';
import { useStore } from 'zustand';
import { counted } from '../../../lib/format/number.ts';
import { titleOf } from '../canvas/bound-step.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import { AddNeededButton } from '../needs/add-needed-button.tsx';
import type { Provide } from '../needs/use-provide.ts';
import { ShownConversation } from '../../../ui/texts/shown-conversation.tsx';
import type { Explored, ShownIssue } from '../proof/proof-messages.ts';
import type { DraftProof, Progress } from '../proof/use-proof.ts';
import { bySeverity, cardOf } from '../store/issues.ts';
import classes from './drawer.module.css';

export interface ProblemsProps {
  issues: readonly ShownIssue[];
  definition: Definition;
  /** Adds lists and contests; null for those who may not. */
  provide: Provide | null;
  proof: Pick<DraftProof, 'failed' | 'again'>;
  onJump: (card: string) => void;
}

/** What is wrong or doubtful: each line leads to its card. Where the flow could not be explored, that comes first. */
export function Problems({ proof, ...found }: ProblemsProps) {
  // Hundreds of lines are drawn again when there is time, not while somebody types.
  const issues = useDeferredValue(found.issues);
  const definition = useDeferredValue(found.definition);
  return (
    <>
      {proof.failed ? <Unexplored onAgain={proof.again} /> : null}
      {proof.failed && issues.length === 0 ? null : (
        <FoundProblems {...found} issues={issues} definition={definition} />
      )}
    </>
  );
}

function Unexplored({ onAgain }: { onAgain: () => void }) {
  return (
    <Group gap="sm" role="alert" className={classes.none}>
      <Text size="sm">
        The conversations of this flow could not be explored: a fault of ours. Publishing proves it once more.
      </Text>
      <Button size="compact-sm" variant="default" onClick={onAgain}>
        Try again
      </Button>
    </Group>
  );
}

const FoundProblems = memo(function FoundProblems({
  issues,
  definition,
  provide,
  onJump,
}: Omit<ProblemsProps, 'proof'>) {
  const titles = new Map(definition.nodes.map((step) => [step.id, titleOf(step)]));
  const nameOf = (card: string | null): string =>
    card === null ? 'The flow' : card === TRIGGER_CARD ? 'When somebody texts' : (titles.get(card) ?? card);
  if (issues.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.none}>
        Nothing is in the way of publishing.
      </Text>
    );
  }
  return (
    <ul className={classes.list}>
      {bySeverity(issues).map((issue) => {
        const card = cardOf(issue);
        return (
          <li
            key={`${issue.code} ${issue.place.node} ${issue.place.port} ${issue.place.path} ${issue.message}`}
          >
            <UnstyledButton
              className={classes.issue}
              disabled={card === null}
              onClick={() => card !== null && onJump(card)}
            >
              {issue.severity === 'error' ? (
                <IconAlertCircle size={16} className={classes.errors} role="img" aria-label="Problem" />
              ) : (
                <IconAlertTriangle size={16} className={classes.warnings} role="img" aria-label="Warning" />
              )}
              <span className={classes.where} dir="auto">
                {nameOf(card)}
              </span>
              <span>{issue.message}</span>
            </UnstyledButton>
            {provide ? <AddNeededButton issue={issue} definition={definition} provide={provide} /> : null}
            {issue.witness ? <ShownConversation witness={issue.witness} /> : null}
          </li>
        );
      })}
    </ul>
  );
});

export interface ProblemCountsProps {
  issues: readonly ShownIssue[];
  proof: Pick<DraftProof, 'explored' | 'fresh' | 'failed' | 'progress'>;
}

/** How many problems there are, and how much was looked at to find no more. */
export function ProblemCounts({ issues, proof }: ProblemCountsProps) {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const progress = useStore(proof.progress);
  const isProved = proof.fresh && errors === 0 && proof.explored && proof.explored.states > 0;
  return (
    <Text size="sm" className={classes.counts} aria-live="polite">
      {errors > 0 ? (
        <span className={classes.errors}>
          <IconAlertCircle size={16} aria-hidden /> {counted(errors, 'problem')}
        </span>
      ) : null}
      {warnings > 0 ? (
        <span className={classes.warnings}>
          <IconAlertTriangle size={16} aria-hidden /> {counted(warnings, 'warning')}
        </span>
      ) : null}
      {issues.length === 0 && !proof.failed && proof.explored ? (
        <span className={classes.fine}>
          <IconCircleCheck size={16} aria-hidden /> No problems
        </span>
      ) : null}
      {isProved && proof.explored ? <span className={classes.proved}>{proved(proof.explored)}</span> : null}
      {proof.failed ? (
        <span className={classes.warnings}>
          <IconAlertTriangle size={16} aria-hidden /> Could not be checked
        </span>
      ) : !proof.fresh ? (
        <span className={classes.proved} aria-live="off">
          {comingOn(progress)}
        </span>
      ) : null}
    </Text>
  );
}

/** How far it has come: "checking … 1,240 situations, 14 turns deep". */
const comingOn = (progress: Progress | null): string =>
  !progress?.states
    ? 'checking …'
    : `checking … ${counted(progress.states, 'situation')}, ${counted(progress.depth, 'turn')} deep`;

/** How much was looked at: "every conversation explored, 42 situations". */
const proved = ({ states, bounded }: Explored): string =>
  bounded
    ? `explored as far as ${counted(states, 'situation')}`
    : `every conversation explored, ${counted(states, 'situation')}`;
