import { Modal, Tabs } from '@mantine/core';
import { IconFileImport, IconHash, IconLayoutGrid } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { createFlow } from '../../lib/api/flows.ts';
import { FLOWS_KEY } from '../../lib/queries/flow-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import classes from './new-flow.module.css';
import type { Start, StartProps } from './start.ts';
import { StartFromFile } from './start-from-file.tsx';
import { StartFromKeyword } from './start-from-keyword.tsx';
import { StartFromTemplate } from './start-from-template.tsx';

export interface NewFlowDialogProps {
  opened: boolean;
  onClose: () => void;
  start: Start;
}

/** Makes a flow and goes to its canvas. */
export function NewFlowDialog({ opened, onClose, start }: NewFlowDialogProps) {
  const navigate = useNavigate();
  const create = useChange(createFlow, {
    touches: [FLOWS_KEY],
    onDone: ({ id }) => void navigate({ to: '/flows/$flowId', params: { flowId: id } }),
  });
  const props: StartProps = { busy: create.isPending, onCreate: (input) => create.mutate(input) };
  return (
    <Modal opened={opened} onClose={onClose} title="New flow" size={840} centered={false} yOffset="3vh">
      <Tabs defaultValue={start} key={start} keepMounted={false}>
        <Tabs.List mb="md" className={classes.tabs}>
          <Tabs.Tab value="template" className={classes.tab} leftSection={<IconLayoutGrid size={16} />}>
            From a template
          </Tabs.Tab>
          <Tabs.Tab value="keyword" className={classes.tab} leftSection={<IconHash size={16} />}>
            From a keyword
          </Tabs.Tab>
          <Tabs.Tab value="import" className={classes.tab} leftSection={<IconFileImport size={16} />}>
            From a file
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="template">
          <StartFromTemplate {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="keyword">
          <StartFromKeyword {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="import">
          <StartFromFile {...props} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}
