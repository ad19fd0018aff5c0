import { Button, Select, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconTicket } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type CodeState, codeStateSchema, type Pool } from '#shared/api/vouchers.ts';
import { codesQuery } from '../../lib/queries/voucher-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { StreamTable } from '../../ui/tables/stream-table.tsx';
import { CODE_COLUMNS } from './code-columns.tsx';
import { CODE_STATES } from './code-state-badge.tsx';
import { RedeemDialog } from './redeem-dialog.tsx';

const SIZE = 25;

/** The codes of a pool, and who has them. `load`: what brings the first ones. */
export function CodesSection({ pool, load }: { pool: Pool; load: ReactNode }) {
  const { key, total } = pool;
  const [filter, setFilter] = useState<{ search?: string; state?: CodeState }>({});
  const [redeeming, setRedeeming] = useState(false);
  const mayRedeem = useMay('agent');
  const mayExport = useMay('compliance');
  const query = useInfiniteQuery(codesQuery(key, { ...filter, size: SIZE }));
  const filtered = filter.search !== undefined || filter.state !== undefined;
  return (
    <section aria-label="Codes">
      <Title order={2} size="h3" mb={total > 0 ? 4 : 'sm'}>
        Codes
      </Title>
      {total > 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          Those given last come first, then those that will be given next.
        </Text>
      )}
      {total > 0 && (
        <ListToolbar
          placeholder="Search codes, names, numbers"
          search={filter.search}
          onSearch={(search) => setFilter((now) => ({ ...now, search }))}
          end={
            <>
              {mayRedeem && (
                <Button
                  variant="default"
                  leftSection={<IconCircleCheck size={16} />}
                  onClick={() => setRedeeming(true)}
                >
                  Redeem a code
                </Button>
              )}
              {mayExport && (
                <ExportButton path={`/api/vouchers/${key}/codes.csv`} name={`${key}-codes.csv`} />
              )}
            </>
          }
        >
          <Select
            aria-label="State"
            placeholder="Any state"
            w={150}
            clearable
            clearButtonProps={{ 'aria-label': 'Any state' }}
            value={filter.state ?? null}
            onChange={(value) =>
              setFilter((now) => ({ ...now, state: codeStateSchema.safeParse(value).data }))
            }
            data={codeStateSchema.options.map((value) => ({ value, label: CODE_STATES[value].label }))}
          />
        </ListToolbar>
      )}
      <StreamTable
        label="Codes"
        columns={CODE_COLUMNS}
        query={query}
        rowKey={({ code }) => code}
        empty={
          filtered ? (
            <NothingFound what="code" onClear={() => setFilter({})} />
          ) : (
            <EmptyState icon={IconTicket} title="No codes yet" action={load}>
              Load those of your shop, or have some made. A flow gives them with the step{' '}
              <b>Give a voucher</b>, by the key <b>{key}</b>.
            </EmptyState>
          )
        }
        byHand
      />
      {redeeming && <RedeemDialog poolKey={key} onClose={() => setRedeeming(false)} />}
    </section>
  );
}
