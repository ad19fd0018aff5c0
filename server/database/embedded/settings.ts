import { totalmem } from 'node:os';

const MEBIBYTE = 1024 * 1024;

/**
 * How the embedded database is tuned: one machine, one program, many short transactions that must survive a power cut.
 * Nothing replicates from it, so its log holds only what recovery needs.
 */
export function tunedSettings(memory = totalmem()): Record<string, string> {
  const shared = Math.min(4096, Math.max(128, Math.floor(memory / MEBIBYTE / 8)));
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_buffers: '16MB',
    max_wal_size: '4GB',
    // Files of the log that are there already: making one holds up every commit for some 20 ms.
    min_wal_size: '1GB',
    checkpoint_timeout: '15min',
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${shared * 4}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: '100',
    random_page_cost: '1.1',
    jit: 'off',
    autovacuum_vacuum_scale_factor: '0.05',
    // In a minute of a vote a quarter of a million texts pass through the queue, and every look at it steps over what they left.
    autovacuum_naptime: '10s',
    idle_in_transaction_session_timeout: '5min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
  };
}

/** For a database that is thrown away after the tests: it need not survive a power cut. */
export const THROWAWAY_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  autovacuum: 'off',
};
