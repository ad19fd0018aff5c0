import type { DataSource } from 'typeorm';
import type { TestWorkspace } from '../../support/workspace.ts';

/** What the workspace of a stage has said to anybody, in order, whether it has gone out or not. */
export async function textsOut(stage: { source: DataSource; workspace: TestWorkspace }): Promise<string[]> {
  const rows: { text: string }[] = await stage.source.query(
    'select text from outbound where workspace_id = $1 order by id',
    [stage.workspace.id],
  );
  return rows.map(({ text }) => text);
}
