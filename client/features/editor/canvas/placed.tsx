import { Center, Group, Loader, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { isDrawn, placedAside } from './placed-aside.ts';

export interface PlacedProps {
  definition: Definition;
  /** Draws the definition once its cards have places. */
  children: (definition: Definition) => ReactNode;
}

/** Finds places for the cards of a flow that nobody has drawn before it is shown. */
export function Placed({ definition, children }: PlacedProps) {
  const [placed, setPlaced] = useState<Definition | null>(null);
  useEffect(() => {
    if (isDrawn(definition)) return;
    let isGone = false;
    void placedAside(definition).then((found) => {
      if (!isGone) setPlaced(found);
    });
    return () => {
      isGone = true;
    };
  }, [definition]);
  if (isDrawn(definition)) return children(definition);
  if (placed) return children(placed);
  return (
    <Center h="100%">
      <Group gap="sm" role="status">
        <Loader size="sm" />
        <Text c="dimmed">Placing the cards…</Text>
      </Group>
    </Center>
  );
}
