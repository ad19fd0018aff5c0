import { CopyButton, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { IconButton } from './icon-button.tsx';

/** Something to pass on, with a button that copies it: an address, a link that is shown once. */
export function CopyField({
  label,
  value,
  description,
}: {
  label: string;
  value: string;
  description?: string;
}) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <IconButton
              label={copied ? 'Copied' : 'Copy'}
              says={`Copy ${label.toLowerCase()}`}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} color="var(--tl-good)" /> : <IconCopy size={16} />}
            </IconButton>
          )}
        </CopyButton>
      }
    />
  );
}
