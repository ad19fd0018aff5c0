import { Alert, Button, Text } from '@mantine/core';
import { IconCircleX } from '@tabler/icons-react';
import { counted } from '../../../lib/format/number.ts';
import type { Played } from '../proof/proof-messages.ts';

export interface ToldDifferentlyProps {
  played: Played | null;
  onLook: () => void;
}

const SHOWN = 3;

/** Says before publishing that saved conversations read differently now. */
export function ToldDifferently({ played, onLook }: ToldDifferentlyProps) {
  const different = played?.results.filter(({ same }) => !same) ?? [];
  if (different.length === 0) return null;
  const named = different.slice(0, SHOWN).map(({ name }) => `“${name}”`);
  const more = different.length - named.length;
  return (
    <Alert
      icon={<IconCircleX size={18} color="var(--tl-bad)" />}
      title={`${counted(different.length, 'saved conversation')} ${different.length === 1 ? 'reads' : 'read'} differently`}
    >
      <Text size="sm" mb="xs" dir="auto">
        {named.join(', ')}
        {more > 0 ? ` and ${more} more` : ''}. If that is what you want, accept how they read now.
      </Text>
      <Button size="compact-sm" variant="default" onClick={onLook}>
        Look at the differences
      </Button>
    </Alert>
  );
}
