import { Text } from '@mantine/core';
import { PhoneNumber } from './phone-number.tsx';

/** Somebody by name with the number under it, or by the number alone. */
export function PersonName({ name, phone }: { name: string | null; phone: string }) {
  if (name === null) return <PhoneNumber phone={phone} />;
  return (
    <>
      <Text lineClamp={1} title={name}>
        <bdi>{name}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        <PhoneNumber phone={phone} />
      </Text>
    </>
  );
}
