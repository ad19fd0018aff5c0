import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedConversation } from '#shared/api/conversations.ts';
import { elsewhereSentences } from '#flows/prove/begun-elsewhere.ts';
import type { GoldenResult } from '#flows/prove/golden.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { SpokenLine } from '../../../ui/texts/spoken-line.tsx';
import classes from './conversations-panel.module.css';
import { acceptedAs } from './accepted-as.ts';
import { type ComparedLine, compareLines } from './difference.ts';
import { personSentences } from './person-sentences.ts';
import type { Golden } from './use-golden.ts';

export interface GoldenTalkProps {
  conversation: SavedConversation;
  /** How it reads now; undefined until it was played. */
  result: GoldenResult | undefined;
  golden: Golden;
  readOnly: boolean;
}

/** One saved conversation as a chat, what reads differently marked in it, and what can be done about it. */
export function GoldenTalk({ conversation, result, golden, readOnly }: GoldenTalkProps) {
  const { name, lines } = conversation;
  const [renaming, setRenaming] = useState(false);
  const compared = compareLines(lines, result?.happened ?? lines);
  const rename = (wanted: string) => {
    setRenaming(false);
    const next = wanted.trim();
    const taken = golden.conversations?.some((one) => one.name === next) ?? false;
    if (next === '' || taken) return;
    golden.change(
      (before) => before.map((one) => (one.name === name ? { ...one, name: next } : one)),
      `Renamed to “${next}”.`,
    );
    golden.choose(next);
  };
  return (
    <article className={classes.talk} aria-label={name}>
      <Group justify="space-between" wrap="nowrap" className={classes.head}>
        {renaming ? (
          <TextInput
            size="xs"
            flex={1}
            aria-label="Name of the conversation"
            defaultValue={name}
            maxLength={160}
            autoFocus
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename(event.currentTarget.value);
              if (event.key === 'Escape') setRenaming(false);
            }}
          />
        ) : (
          <Text fw={600} size="sm" dir="auto" truncate title={name}>
            {name}
          </Text>
        )}
        {readOnly ? null : (
          <Group gap={2} wrap="nowrap">
            {result?.same === false ? (
              <Button
                size="compact-sm"
                onClick={() =>
                  golden.change(
                    (before) => before.map((one) => (one.name === name ? acceptedAs(one, result) : one)),
                    `“${name}” is saved as it reads now.`,
                  )
                }
              >
                This is right now
              </Button>
            ) : null}
            <IconButton label="Rename" says="Rename the conversation" onClick={() => setRenaming(true)}>
              <IconPencil size={16} />
            </IconButton>
            <IconButton
              label="Delete"
              says="Delete the conversation"
              onClick={() =>
                golden.change((before) => before.filter((one) => one.name !== name), `“${name}” was deleted.`)
              }
            >
              <IconTrash size={16} />
            </IconButton>
          </Group>
        )}
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by its keys */}
      <div className={classes.lines} tabIndex={0} role="log" aria-label="Texts of the conversation">
        {[...personSentences(conversation), ...elsewhereSentences(result?.elsewhere ?? [])].map(
          (sentence) => (
            <Text key={sentence} size="xs" c="dimmed" ta="center">
              {sentence}
            </Text>
          ),
        )}
        {compared.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other identity, and are drawn anew together
          <Compared key={at} {...one} />
        ))}
      </div>
    </article>
  );
}

function Compared({ line, in: where }: ComparedLine) {
  if (where === 'both') return <SpokenLine line={line} />;
  return (
    <div className={classes.changed} data-in={where}>
      <span className={classes.label}>{where === 'saved' ? 'Not any more' : 'Now'}</span>
      <SpokenLine line={line} />
    </div>
  );
}
