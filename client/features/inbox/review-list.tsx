import { Text, UnstyledButton } from '@mantine/core';
import type { Review } from '#shared/api/inbox.ts';
import { shownPhone } from '../../lib/format/shown-phone.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextWords } from '../../ui/texts/text-words.tsx';
import classes from './inbox.module.css';

/** The texts at the left: who wrote, what, and when. */
export function ReviewList({
  reviews,
  shown,
  onOpen,
}: {
  reviews: readonly Review[];
  shown: string;
  onOpen: (id: string) => void;
}) {
  return (
    <ul className={classes.list} aria-label="Texts">
      {reviews.map(({ id, contact, text, erased, at, program, decision }) => (
        <li key={id}>
          <UnstyledButton
            className={classes.review}
            aria-current={id === shown || undefined}
            onClick={() => onOpen(id)}
          >
            <span className={classes.who}>
              <Text component="span" size="sm" fw={600} truncate dir="auto">
                {contact.name ?? shownPhone(contact.phone)}
              </Text>
              <Text component="span" size="xs" c="dimmed" className={classes.when}>
                <RelativeTime at={at} />
              </Text>
            </span>
            <Text
              component="span"
              size="sm"
              lineClamp={2}
              dir="auto"
              c={text === null ? 'dimmed' : undefined}
            >
              <TextWords text={text} erased={erased} />
            </Text>
            <Text component="span" size="xs" c="dimmed" truncate>
              {decision === null ? program.name : `${DECIDED[decision]} · ${program.name}`}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

const DECIDED = { revoked: 'A STOP', kept: 'Not a STOP', overtaken: 'Overtaken' } as const;
