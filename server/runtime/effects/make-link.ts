import { batchStatement } from '../../database/write-set.ts';
import type { EffectHandler } from './handler.ts';

const insertLink = batchStatement(
  'link_rows',
  {
    code: 'text',
    workspace_id: 'uuid',
    contact_id: 'uuid',
    run_id: 'uuid',
    node: 'text',
    name: 'text',
    url: 'text',
    created_at: 'timestamptz',
  },
  (rows) =>
    `insert into links (code, workspace_id, contact_id, run_id, node, name, url, created_at) select * from ${rows}`,
);

/** A short link of one person's, there before the text that carries it goes out. */
export const makeLink: EffectHandler<'make-link'> = ({ code, runId, node, name, url }, scene) => {
  scene.writes.add(insertLink, {
    code,
    workspace_id: scene.workspaceId,
    contact_id: scene.contactId,
    run_id: runId,
    node,
    name,
    url,
    created_at: scene.at,
  });
};
