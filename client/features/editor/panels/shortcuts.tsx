import { Kbd, Modal, Table } from '@mantine/core';
import { useKeyNames } from '../../../lib/use-key-names.ts';

const SHORTCUTS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['Tab'], 'Go through the cards'],
  [['←', '↑', '→', '↓'], 'Go to the nearest card'],
  [['Enter'], 'Edit the card in the inspector'],
  [['F2'], 'Change its title'],
  [['Alt', '←↑→↓'], 'Move the chosen cards'],
  [['Delete'], 'Delete what is chosen'],
  [['Ctrl', 'Z'], 'Undo'],
  [['Ctrl', 'Y'], 'Redo'],
  [['Ctrl', 'C'], 'Copy'],
  [['Ctrl', 'X'], 'Cut'],
  [['Ctrl', 'V'], 'Paste, from another flow too'],
  [['Ctrl', 'D'], 'Duplicate'],
  [['Ctrl', 'A'], 'Choose every card'],
  [['Ctrl', 'F'], 'Find'],
  [['Ctrl', 'S'], 'Save now'],
  [['1'], 'Show everything'],
  [['Shift', 'drag'], 'Choose several cards'],
  [['Esc'], 'Choose nothing'],
  [['?'], 'This list'],
];

/** Every key the editor listens to, by the names it has on this computer. */
export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const nameOf = useKeyNames();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard">
      <Table>
        <Table.Tbody>
          {SHORTCUTS.map(([keys, does]) => (
            <Table.Tr key={does}>
              <Table.Td w={150}>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 ? ' ' : ''}
                    <Kbd>{nameOf(key)}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
