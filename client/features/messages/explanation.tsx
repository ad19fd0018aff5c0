import { Stack, Text, Title } from '@mantine/core';
import type { Explanation as WireExplanation } from '#shared/api/messages.ts';
import { counted } from '../../lib/format/number.ts';
import { TextLink } from '../../ui/links.tsx';
import { MessageStatusBadge } from '../../ui/badges/message-status-badge.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import { TrailList } from '../../ui/trail-list.tsx';
import classes from './messages.module.css';

/** Why an inbound text did what it did, in the order it happened: read, decided, gone along, answered. */
export function Explanation({ explanation }: { explanation: WireExplanation }) {
  const { normalised, rule, keywords, trails, replies } = explanation;
  return (
    <Stack gap="lg">
      <section>
        <Title order={3} mb={4}>
          How it was read
        </Title>
        <Text>
          As{' '}
          <span className={classes.read} dir="auto">
            {normalised || 'nothing'}
          </span>
          . {rule}
        </Text>
      </section>
      {keywords.length === 0 ? null : (
        <section>
          <Title order={3} mb={4}>
            Keywords it meets
          </Title>
          <Stack component="ul" gap={4} m={0} pl="md">
            {keywords.map(({ flow, word, match, sentence }) => (
              <Text component="li" size="sm" key={`${flow.id} ${word} ${match}`} dir="auto">
                {sentence}
              </Text>
            ))}
          </Stack>
        </section>
      )}
      {trails.map((trail) => (
        <section key={trail.runId}>
          <Title order={3} mb={4}>
            What it did in{' '}
            <TextLink to="/flows/$flowId" params={{ flowId: trail.flow.id }} inherit dir="auto">
              {trail.flow.name}
            </TextLink>
          </Title>
          <Text size="xs" c="dimmed" mb="sm">
            Version {trail.flow.version} ·{' '}
            <TextLink to="/runs/$runId" params={{ runId: trail.runId }} size="xs">
              the whole conversation
            </TextLink>
          </Text>
          <TrailList flow={trail.flow} steps={trail.steps} />
        </section>
      ))}
      <section>
        <Title order={3} mb="xs">
          {replies.length === 0 ? 'Nothing was sent back' : 'What was sent back'}
        </Title>
        <Stack gap="xs">
          {replies.map((reply) => (
            <TextBubble
              key={reply.id}
              from="us"
              text={reply.text}
              erased={reply.erased}
              note={
                <>
                  <MessageStatusBadge message={reply} />
                  <span>{counted(reply.segments, 'part')}</span>
                  <TextLink from="/messages" to="." search={(now) => ({ ...now, open: reply.id })} size="xs">
                    Details
                  </TextLink>
                </>
              }
            />
          ))}
        </Stack>
      </section>
    </Stack>
  );
}
