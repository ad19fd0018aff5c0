import { Button, Group, Switch, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCircleX, IconMessagePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { sayWord } from '#flows/definition/change-word.ts';
import type { Definition } from '#flows/definition/schema.ts';
import type { GoldenResult } from '#flows/prove/golden.ts';
import { counted } from '../../../lib/format/number.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { titleOf } from '../canvas/bound-step.ts';
import type { Generated } from '../proof/proof-messages.ts';
import type { DraftProof } from '../proof/use-proof.ts';
import { acceptedAs } from './accepted-as.ts';
import classes from './conversations-panel.module.css';
import { GoldenTalk } from './golden-talk.tsx';
import { oldWordOf } from './old-word.ts';
import type { Golden } from './use-golden.ts';

export interface ConversationsPanelProps {
  golden: Golden;
  proof: DraftProof;
  definition: Definition;
  readOnly: boolean;
  /** Whether the canvas shows which lines the conversations go along. */
  coverage: boolean;
  onCoverage: (shown: boolean) => void;
}

/** The conversations that say how the flow is meant to go: which of them read differently now, and how. */
export function ConversationsPanel(props: ConversationsPanelProps) {
  const { golden, proof, definition, readOnly, coverage, onCoverage } = props;
  const { conversations, chosen, choose } = golden;
  const [missed, setMissed] = useState<Generated['uncovered']>([]);
  const [writing, setWriting] = useState(false);
  const results = new Map(proof.played?.results.map((result) => [result.name, result]));
  const different = [...results.values()].filter(({ same }) => !same);

  const generate = () => {
    if (!conversations) return;
    setWriting(true);
    proof
      .generate(conversations)
      .then(({ conversations: added, uncovered }) => {
        setMissed(uncovered);
        if (added.length > 0)
          golden.change((before) => [...before, ...added], `${counted(added.length, 'conversation')} added.`);
      })
      .catch(notifyError)
      .finally(() => setWriting(false));
  };

  if (golden.error) return <ErrorNote error={golden.error} />;
  if (!conversations) return null;
  const shown = conversations.find(({ name }) => name === chosen) ?? firstOf(conversations, results);
  const generateButton = readOnly ? null : (
    <Button
      size="compact-sm"
      variant={conversations.length === 0 ? 'filled' : 'default'}
      leftSection={<IconMessagePlus size={14} />}
      loading={writing}
      onClick={generate}
    >
      {conversations.length === 0 ? 'Generate conversations' : 'Add what is missing'}
    </Button>
  );
  if (conversations.length === 0) {
    return (
      <div className={classes.empty}>
        <Text size="sm" c="dimmed" maw={560}>
          Saved conversations say how this flow is meant to go. They are played again after every edit, and
          you see at once what reads differently. Let them be written for every line of the drawing, or save a
          chat from the phone.
        </Text>
        {generateButton}
      </div>
    );
  }
  return (
    <div className={classes.panel}>
      <div className={classes.side}>
        <Group gap="xs" className={classes.tools}>
          {generateButton}
          {different.length > 0 && !readOnly ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                golden.change(
                  (before) => before.map((one) => acceptedAs(one, results.get(one.name))),
                  'The conversations are saved as they read now.',
                )
              }
            >
              Accept all {different.length}
            </Button>
          ) : null}
          <Switch
            size="xs"
            label="Show coverage on the canvas"
            checked={coverage}
            onChange={(event) => onCoverage(event.currentTarget.checked)}
          />
        </Group>
        {readOnly ? null : <OldWordNote {...props} />}
        <Missed missed={missed} definition={definition} />
        <ul className={classes.list} aria-label="Saved conversations">
          {conversations.map(({ name }) => (
            <li key={name}>
              <UnstyledButton
                className={classes.entry}
                data-chosen={name === shown?.name || undefined}
                aria-current={name === shown?.name}
                ref={name === chosen ? intoView : undefined}
                onClick={() => choose(name)}
              >
                <Standing result={results.get(name)} />
                <span dir="auto">{name}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </div>
      {shown ? (
        <GoldenTalk
          key={shown.name}
          conversation={shown}
          result={results.get(shown.name)}
          golden={golden}
          readOnly={readOnly}
        />
      ) : null}
    </div>
  );
}

/** Says that conversations begin with a word that starts the flow no more, and writes the new one into them. */
function OldWordNote({ golden, definition, proof }: ConversationsPanelProps) {
  const found = oldWordOf(definition.triggers, golden.conversations ?? [], proof.played?.results);
  if (!found) return null;
  const { old, now, count, flow } = found;
  return (
    <Group gap="xs" className={classes.tools} role="status">
      <Text size="sm">
        {counted(count, 'conversation')} {count === 1 ? 'begins' : 'begin'} with {old.toUpperCase()}, which{' '}
        {flow === null ? 'does not start this flow' : `starts “${flow}”`}.
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() =>
          golden.change(
            (before) => before.map((one) => ({ ...one, lines: sayWord(one.lines, old, now) })),
            `The conversations begin with ${now} now.`,
          )
        }
      >
        Begin with {now}
      </Button>
    </Group>
  );
}

const intoView = (entry: HTMLElement | null) => entry?.scrollIntoView({ block: 'nearest' });

/** What reads differently is looked at first. */
const firstOf = <Named extends { name: string }>(
  conversations: readonly Named[],
  results: ReadonlyMap<string, GoldenResult>,
): Named | undefined =>
  conversations.find(({ name }) => results.get(name)?.same === false) ?? conversations[0];

function Standing({ result }: { result: GoldenResult | undefined }) {
  if (!result) return <span className={classes.mark} />;
  return result.same ? (
    <IconCheck size={16} className={classes.good} role="img" aria-label="Reads as saved" />
  ) : (
    <IconCircleX size={16} className={classes.bad} role="img" aria-label="Reads differently" />
  );
}

/** Lines that only special people come along, or nobody. */
function Missed({ missed, definition }: { missed: Generated['uncovered']; definition: Definition }) {
  if (missed.length === 0) return null;
  const titles = new Map(definition.nodes.map((step) => [step.id, titleOf(step)]));
  return (
    <details className={classes.missed}>
      <summary>{counted(missed.length, 'line')} could not be covered</summary>
      <ul>
        {missed.map(({ node, port, why }) => (
          <li key={`${node} ${port}`}>
            “{titles.get(node) ?? node}”, {port}: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
