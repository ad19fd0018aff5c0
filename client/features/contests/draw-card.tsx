import { Card, Code, Collapse, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown, IconFileCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contest, Draw } from '#shared/api/contests.ts';
import { downloadFrom } from '../../lib/download.ts';
import { counted } from '../../lib/format/number.ts';
import { notifyError } from '../../lib/notify.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LeftOutWords } from './left-out-words.tsx';
import { WinnersTable } from './winners-table.tsx';

/** A draw that was held: who won, and all that anybody needs to draw again. */
export function DrawCard({ contest, draw }: { contest: Contest; draw: Draw }) {
  const [open, setOpen] = useState(false);
  const at = `/api/contests/${contest.key}/draws/${draw.number}`;
  const files = `${contest.key}-draw-${draw.number}`;
  const proof = useMutation({
    mutationFn: () => downloadFrom(`${at}/proof`, `${files}-proof.json`),
    onError: notifyError,
  });
  if (draw.drawnAt === null) return null;
  return (
    <Card component="section" aria-label={`Draw ${draw.number}`}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" mb={4}>
            {contest.draws.length > 1 ? `Draw ${draw.number}` : 'Winners'}
          </Title>
          <Text size="sm" c="dimmed">
            Drawn <RelativeTime at={draw.drawnAt} /> by <bdi>{draw.drawnBy}</bdi>
            {draw.because !== null && (
              <>
                : <bdi>{draw.because}</bdi>
              </>
            )}
            . {counted(draw.entries, 'entry', 'entries')} took part. <LeftOutWords leftOut={draw.leftOut} />
          </Text>
        </div>
        <WinnersTable contest={contest} draw={draw} />
        <Text size="sm" c="dimmed">
          Winners have the tag <Code>{contest.winnersTag}</Code>: begin a campaign for it to tell them.
          Whoever said STOP has to be told another way.
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconFileCheck size={16} />}
            loading={proof.isPending}
            onClick={() => proof.mutate()}
          >
            Proof
          </Button>
          <ExportButton path={`${at}/list`} name={`${files}-entries.txt`} words="List" />
          <Button
            variant="subtle"
            aria-expanded={open}
            rightSection={<IconChevronDown size={16} />}
            onClick={() => setOpen(!open)}
          >
            How to check it
          </Button>
        </Group>
        <Collapse expanded={open}>
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              Publish proof and list: neither names anybody. Then whoever likes draws again, with
            </Text>
            <Code
              block
              tabIndex={0}
            >{`npm run textloom -- draw verify ${files}-proof.json ${files}-entries.txt`}</Code>
            <Text size="sm" c="dimmed">
              or without Textloom: <Code>sha256sum</Code> of the list is the fingerprint, that of the seed the
              seal, and RFC 3797 draws the lines from the seed, the fingerprint
              {draw.publicValue !== null && ' and the public value'}, in this order.
            </Text>
            <CopyField label="Seal, shown before" value={draw.seal} />
            <CopyField label="Seed" value={draw.seed ?? ''} />
            <CopyField label="Fingerprint of the list" value={draw.fingerprint} />
            {draw.publicValue !== null && (
              <CopyField label={draw.publicSource ?? 'Public value'} value={draw.publicValue} />
            )}
          </Stack>
        </Collapse>
      </Stack>
    </Card>
  );
}
