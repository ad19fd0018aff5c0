import { ActionIcon, Menu } from '@mantine/core';
import {
  IconActivity,
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconFileExport,
  IconPlayerPause,
  IconPlayerPlay,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FlowSummary } from '#shared/api/flows.ts';
import { useMay } from '../../lib/use-may.ts';
import { ResumeDialog } from './resume-dialog.tsx';
import { useFlowActions } from './use-flow-actions.ts';

/** What can be done with a flow from the list. Everything here can be undone. */
export function FlowMenu({ flow }: { flow: FlowSummary }) {
  const { setStatus, resuming, duplicate, exportJson } = useFlowActions(flow);
  const mayAuthor = useMay('author');
  const mayPublish = useMay('publisher');
  const asleep = flow.version === null ? 'draft' : 'paused';
  return (
    <>
      <Menu width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${flow.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconActivity size={16} />}
            renderRoot={(props) => (
              <Link
                to="/flows/$flowId"
                params={{ flowId: flow.id }}
                search={{ view: 'traffic' }}
                {...props}
              />
            )}
          >
            Traffic on the canvas
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUsers size={16} />}
            renderRoot={(props) => <Link to="/runs" search={{ flow: flow.id }} {...props} />}
          >
            People in this flow
          </Menu.Item>
          <Menu.Divider />
          {mayPublish && flow.status === 'live' && (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setStatus('paused')}>
              Pause
            </Menu.Item>
          )}
          {mayPublish && flow.status === 'paused' && (
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => setStatus('live')}>
              Resume
            </Menu.Item>
          )}
          {mayAuthor && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate}>
              Duplicate
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFileExport size={16} />} onClick={exportJson}>
            Export JSON
          </Menu.Item>
          {mayPublish &&
            (flow.status === 'archived' ? (
              <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={() => setStatus(asleep)}>
                Bring back
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => setStatus('archived')}>
                Archive
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {resuming.doubts.length > 0 ? <ResumeDialog name={flow.name} {...resuming} /> : null}
    </>
  );
}
