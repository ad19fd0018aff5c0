import { ActionIcon, Group, Menu, ScrollArea, Textarea } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Issue } from '../definition/issue.ts';
import { fieldProps } from './field-props.tsx';
import { SegmentCounter } from './segment-counter.tsx';
import { useSurroundings } from './surroundings.tsx';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  issues: readonly Issue[];
  /** Where the text stands in the config, for its issues. */
  path: string;
  placeholder?: string;
  description?: string;
  autoFocus?: boolean;
}

/** The field for a text that people will read: counts its parts and inserts variables where the cursor stands. */
export function TextField({
  label,
  value,
  onChange,
  issues,
  path,
  placeholder,
  description,
  autoFocus,
}: TextFieldProps) {
  const { readOnly } = useSurroundings();
  const input = useRef<HTMLTextAreaElement>(null);

  const insert = (variable: string) => {
    const at = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? at;
    const inserted = `{{${variable}}}`;
    onChange(value.slice(0, at) + inserted + value.slice(end));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + inserted.length, at + inserted.length);
    });
  };

  return (
    <div>
      <Textarea
        ref={input}
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={placeholder}
        autosize
        minRows={3}
        maxRows={12}
        dir="auto"
        readOnly={readOnly}
        data-autofocus={autoFocus || undefined}
        {...fieldProps(issues, path, description)}
      />
      <Group justify="space-between" align="start" gap="xs" mt={4} wrap="nowrap">
        <SegmentCounter text={value} onReplace={onChange} />
        {readOnly ? null : <VariableMenu onPick={insert} />}
      </Group>
    </div>
  );
}

function VariableMenu({ onPick }: { onPick: (variable: string) => void }) {
  const { variables } = useSurroundings();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Insert a variable"
          title="Insert a variable"
        >
          <IconBraces size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Insert a variable</Menu.Label>
        <ScrollArea.Autosize mah={260}>
          {variables.map((variable) => (
            <Menu.Item key={variable} onClick={() => onPick(variable)}>
              {variable}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
