import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { rehearsal } from '../../lib/rehearsal/rehearsal.ts';

/** Where the person writes; `focused` from the start where somebody just asked for the phone. */
export function Composer({ focused }: { focused: boolean }) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    rehearsal.says(text);
    setText('');
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        aria-label="Text message"
        placeholder="Text message"
        radius="xl"
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={1600}
        autoComplete="off"
        autoFocus={focused}
        rightSection={
          <ActionIcon type="submit" radius="xl" size="md" aria-label="Send" disabled={text.trim() === ''}>
            <IconArrowUp size={16} />
          </ActionIcon>
        }
      />
    </form>
  );
}
