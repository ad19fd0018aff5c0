import { useOs } from '@mantine/hooks';

const ON_A_MAC: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Delete: '⌫' };

/** What stands on the keys of the computer one sits at: Ctrl is ⌘ on a Mac. */
export function useKeyNames(): (key: string) => string {
  const apple = useOs() === 'macos';
  return (key) => (apple ? (ON_A_MAC[key] ?? key) : key);
}
