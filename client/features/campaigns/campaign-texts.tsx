import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '#shared/api/campaigns.ts';
import { segment } from '#shared/sms/segments.ts';
import { counted } from '../../lib/format/number.ts';
import { campaignPreviewQuery } from '../../lib/queries/campaign-queries.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import { dearWords, sizeWords } from './text-words.ts';
import classes from './campaign-texts.module.css';

/** The first texts of a campaign on the phones of some who would get them, with what each takes. */
export function CampaignTexts({ campaign }: { campaign: Campaign }) {
  const { data: preview } = useQuery(campaignPreviewQuery(campaign.id));
  const [turned, setTurned] = useState(0);
  const examples = preview?.examples ?? [];
  const at = examples.length === 0 ? 0 : turned % examples.length;
  const example = examples[at];
  if (!example) return null;
  const { phone, name, texts } = example;
  const parts = texts.reduce((sum, text) => sum + segment(text).segments, 0);
  const dear = [...new Set(texts.flatMap((text) => dearWords(text) ?? []))];
  return (
    <Card component="section" aria-label="What they will read">
      <Stack>
        <Group justify="space-between" mih={30}>
          <Title order={2} size="h3">
            What they will read
          </Title>
          {examples.length > 1 && (
            <Group gap={4}>
              <IconButton label="Somebody before" onClick={() => setTurned(at + examples.length - 1)}>
                <IconChevronLeft size={18} />
              </IconButton>
              <Text size="sm" c="dimmed" className="tabular" role="status">
                {at + 1} of {examples.length}
              </Text>
              <IconButton label="Somebody else" onClick={() => setTurned(at + 1)}>
                <IconChevronRight size={18} />
              </IconButton>
            </Group>
          )}
        </Group>
        <div className={classes.columns}>
          <figure className={classes.phone} aria-label="Their phone">
            <div className={classes.sender}>
              <PhoneNumber phone={campaign.sender} />
            </div>
            <div className={classes.texts}>
              {texts.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the texts of one example never change their order
                <TextBubble key={index} from="us" side="start" text={text} note={sizeWords(text)} />
              ))}
            </div>
          </figure>
          <Stack gap="xs">
            <div>
              <PersonName name={name} phone={phone} />
            </div>
            <Text size="sm">
              {counted(texts.length, 'text')} before they reply, {counted(parts, 'part')} to pay for.
            </Text>
            {dear.map((words) => (
              <Text key={words} size="sm" c="dimmed">
                {words}
              </Text>
            ))}
            {examples.length > 1 && (
              <Text size="sm" c="dimmed">
                Not everybody reads the same: look at the others too.
              </Text>
            )}
          </Stack>
        </div>
      </Stack>
    </Card>
  );
}
