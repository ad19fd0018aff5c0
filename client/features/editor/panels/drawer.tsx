import { ActionIcon, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconCircleX, IconMessages } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { counted } from '../../../lib/format/number.ts';
import type { Played } from '../proof/proof-messages.ts';
import classes from './drawer.module.css';

/** What the drawer can show. */
export type DrawerTab = 'problems' | 'conversations';

export interface DrawerProps {
  open: DrawerTab | null;
  onOpen: (tab: DrawerTab | null) => void;
  problemCounts: ReactNode;
  problems: ReactNode;
  /** What the saved conversations came to, null until they were played. */
  played: Played | null;
  conversations: ReactNode;
}

/** The drawer under the canvas: what is wrong with the flow, and the conversations that say how it is meant to go. */
export function Drawer({ open, onOpen, problemCounts, problems, played, conversations }: DrawerProps) {
  const tab = (name: DrawerTab, children: ReactNode) => (
    <UnstyledButton
      className={classes.tab}
      aria-expanded={open === name}
      data-open={open === name || undefined}
      onClick={() => onOpen(open === name ? null : name)}
    >
      {children}
    </UnstyledButton>
  );
  return (
    <section className={classes.drawer} aria-label="Problems and conversations">
      <div className={classes.bar}>
        {tab('problems', problemCounts)}
        {tab('conversations', <ConversationCounts played={played} />)}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          ml="auto"
          aria-label={open === null ? 'Open the drawer' : 'Close the drawer'}
          onClick={() => onOpen(open === null ? 'problems' : null)}
        >
          {open === null ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
        </ActionIcon>
      </div>
      {open === 'problems' ? problems : open === 'conversations' ? conversations : null}
    </section>
  );
}

function ConversationCounts({ played }: { played: Played | null }) {
  const all = played?.results.length ?? 0;
  const different = played?.results.filter(({ same }) => !same).length ?? 0;
  if (different > 0) {
    return (
      <Text size="sm" className={classes.counts} aria-live="polite">
        <span className={classes.errors}>
          <IconCircleX size={16} aria-hidden /> {different} of {counted(all, 'conversation')}{' '}
          {different === 1 ? 'reads' : 'read'} differently
        </span>
      </Text>
    );
  }
  return (
    <Text size="sm" className={classes.quiet}>
      <IconMessages size={16} aria-hidden />
      {all === 0 ? 'Conversations' : `${counted(all, 'conversation')}, all as saved`}
    </Text>
  );
}
