import { Modal } from '@mantine/core';
import { TestText } from './test-text.tsx';

/** Plays a person's phone against the real thing. */
export function TestTextDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Send a test text" size={560}>
      <TestText />
    </Modal>
  );
}
