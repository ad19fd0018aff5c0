import { SegmentedControl, Select } from '@mantine/core';
import type { Message, MessagesStatus } from '#shared/api/messages.ts';
import { FlowFilter } from '../../ui/tables/flow-filter.tsx';
import { MESSAGE_STATUSES, UNMATCHED } from '../../ui/badges/message-status-badge.tsx';

/** What the list is narrowed down to. */
export interface MessageFilter {
  direction?: Message['direction'];
  status?: MessagesStatus;
  flow?: string;
}

const IN: readonly MessagesStatus[] = ['decided', 'unmatched', 'pending', 'set-aside'];
const OUT: readonly MessagesStatus[] = ['queued', 'sent', 'delivered', 'failed', 'expired', 'cancelled'];

/** Direction and status; the statuses offered are those of the direction. */
export function MessageFilters({
  direction,
  status,
  flow,
  onChange,
}: MessageFilter & { onChange: (filter: MessageFilter) => void }) {
  const statuses = direction === 'in' ? IN : direction === 'out' ? OUT : [...IN, ...OUT];
  return (
    <>
      <SegmentedControl
        aria-label="Direction"
        value={direction ?? 'all'}
        onChange={(value) =>
          onChange({ direction: value === 'in' || value === 'out' ? value : undefined, status: undefined })
        }
        data={[
          { value: 'all', label: 'All' },
          { value: 'in', label: 'In' },
          { value: 'out', label: 'Out' },
        ]}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        w={180}
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
        value={status ?? null}
        onChange={(value) => onChange({ status: statuses.find((one) => one === value) })}
        data={statuses.map((value) => ({
          value,
          label: (value === 'unmatched' ? UNMATCHED : MESSAGE_STATUSES[value]).label,
        }))}
      />
      {flow !== undefined && <FlowFilter id={flow} onClear={() => onChange({ flow: undefined })} />}
    </>
  );
}
