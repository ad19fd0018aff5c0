import { Button, Group, Loader, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { parse } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { isAcceptable } from '#flows/prove/acceptable.ts';
import type { Publish } from '#shared/api/flows.ts';
import { versionQuery, versionsQuery } from '../../../lib/queries/flow-queries.ts';
import { sendersQuery } from '../../../lib/queries/settings-queries.ts';
import type { Played, ShownIssue } from '../proof/proof-messages.ts';
import { ChangeList } from './change-list.tsx';
import { changesBetween } from './changes.ts';
import { acceptancesOf, groupFindings, type Reasons, reasonsOf } from './doubts.ts';
import { DoubtsField } from './doubts-field.tsx';
import { together } from './refusal.ts';
import { Refused } from './refused.tsx';
import { ToldDifferently } from './told-differently.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

export interface PublishDialogProps {
  flowId: string;
  /** The version that answers people now, if there is one. */
  current: number | null;
  next: number;
  definition: Definition;
  /** What may be published with, given a reason. */
  doubts: readonly ShownIssue[];
  /** What the server found when it would not publish this a moment ago. */
  refused: readonly ShownIssue[];
  /** What the saved conversations came to. */
  played: Played | null;
  busy: boolean;
  onPublish: (input: Pick<Publish, 'note' | 'accepted'>) => void;
  onConversations: () => void;
  onClose: () => void;
}

/** What will change for people, what is doubtful, and a note for colleagues, before a version is made. */
export function PublishDialog({
  flowId,
  current,
  next,
  definition,
  doubts,
  refused,
  played,
  busy,
  onPublish,
  onConversations,
  onClose,
}: PublishDialogProps) {
  const [note, setNote] = useState('');
  const [typed, setTyped] = useState<Reasons>({});
  const { data: versions } = useQuery({ ...versionsQuery(flowId), enabled: current !== null });
  const { data: senders } = useQuery({ ...sendersQuery, enabled: current === null });
  const groups = groupFindings(together(doubts, refused.filter(isAcceptable)));
  const reasons = { ...reasonsOf(versions?.find(({ number }) => number === current)), ...typed };
  const accepted = acceptancesOf(groups, reasons);
  return (
    <Dialog onClose={onClose} title={`Publish version ${next}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (accepted) onPublish({ ...(note.trim() === '' ? {} : { note: note.trim() }), accepted });
        }}
      >
        <Stack gap="md">
          {current === null ? (
            <Text>{firstTime(definition, senders?.length === 0)}</Text>
          ) : (
            <>
              <Text>
                Whoever texts from now on gets version {next}. Conversations under way finish on the version
                they began with.
              </Text>
              <Changes flowId={flowId} current={current} definition={definition} />
            </>
          )}
          <Refused errors={refused.filter((issue) => !isAcceptable(issue))} definition={definition} />
          <ToldDifferently played={played} onLook={onConversations} />
          <DoubtsField groups={groups} definition={definition} reasons={reasons} onChange={setTyped} />
          <Textarea
            label="Note"
            description="What is new, for colleagues and for yourself in half a year."
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={200}
            autosize
            minRows={2}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Not yet
            </Button>
            <Button type="submit" loading={busy} disabled={accepted === null}>
              Publish version {next}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function firstTime({ triggers }: Definition, senderless: boolean): string {
  const words = triggers.flatMap((trigger) => trigger.words);
  if (words.length === 0) return 'No keyword starts this flow, so nobody gets it yet.';
  const named = words.slice(0, 3).join(', ');
  const people = `people who text ${named}${words.length > 3 ? ' and the like' : ''} get this flow`;
  return senderless
    ? `There is no number yet that anybody could text. Once you add one under Settings, Senders, ${people}.`
    : `From now on, ${people}.`;
}

function Changes({
  flowId,
  current,
  definition,
}: {
  flowId: string;
  current: number;
  definition: Definition;
}) {
  const { data } = useQuery(versionQuery(flowId, current));
  if (!data) return <Loader size="sm" />;
  const published = parse(data.definition);
  if (published.definition === null) return null;
  const changes = changesBetween(published.definition, definition);
  if (changes.length === 0) return <Text c="dimmed">Nothing is different from version {current}.</Text>;
  return (
    <section aria-label="Changes">
      <Text fw={600} mb={4}>
        Since version {current}
      </Text>
      <ChangeList changes={changes} />
    </section>
  );
}
