import { Input, SegmentedControl } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { ListSelect } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type SubscribeConfig, subscribe, subscribeConfig } from './definition.ts';

/** The card and form of "Join or leave a list". */
export const subscribeEditor = defineEditor(subscribe, subscribeConfig, {
  icon: IconListCheck,
  Body: SubscribeBody,
  Form: SubscribeForm,
});

function SubscribeBody({ config }: { config: SubscribeConfig }) {
  const { lists } = useSurroundings();
  const name = lists.find(({ key }) => key === config.list)?.name ?? config.list;
  return (
    <Gist>
      {config.action === 'join' ? 'Joins' : 'Leaves'} <b>{name || 'a list'}</b>
    </Gist>
  );
}

function SubscribeForm({ config, onChange, issues }: FormProps<SubscribeConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <Input.Wrapper label="The person">
        <SegmentedControl
          fullWidth
          aria-label="The person"
          data={[
            { value: 'join', label: 'joins' },
            { value: 'leave', label: 'leaves' },
          ]}
          value={config.action}
          onChange={(action) => onChange({ ...config, action: action === 'leave' ? 'leave' : 'join' })}
          disabled={readOnly}
        />
      </Input.Wrapper>
      <ListSelect
        value={config.list || undefined}
        onChange={(list) => onChange({ ...config, list: list ?? '' })}
        issues={issues}
        path="list"
        description={
          config.action === 'join'
            ? 'A list with double opt-in waits for a “Confirm opt-in” step.'
            : undefined
        }
      />
    </>
  );
}
