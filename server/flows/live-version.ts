import type { DataSource } from 'typeorm';
import { flowNotFound, flowNotLive } from './flow-problems.ts';

/** The id of the version that a flow begins with now; refuses one that is not live. */
export async function liveVersion(
  database: DataSource,
  workspaceId: string,
  flowId: string,
): Promise<string> {
  const [row]: { status: string; version_id: string | null }[] = await database.query(
    'select status, version_id from flows where workspace_id = $1 and id = $2',
    [workspaceId, flowId],
  );
  if (!row) throw flowNotFound();
  if (row.status !== 'live' || row.version_id === null) throw flowNotLive();
  return row.version_id;
}
