import type { FlowStatus } from '#shared/api/flows.ts';
import { Problem } from '../common/problem.ts';
import type { FlowEntity } from './flow.entity.ts';

/**
 * The status a flow gets when somebody asks for one: pause, resume, archive, bring back. A flow that was published once comes
 * back from the archive paused, never as a draft. Throws where the wish makes no sense.
 */
export function nextStatus(flow: Pick<FlowEntity, 'status' | 'versionId'>, wish: FlowStatus): FlowStatus {
  if (wish === flow.status || wish === 'archived') return wish;
  if (flow.versionId === null) {
    if (wish === 'draft') return 'draft';
    throw Problem.conflict(
      'flow.never-published',
      'This flow was never published. Publish it to make it live.',
    );
  }
  if (wish !== 'draft') return wish;
  if (flow.status === 'archived') return 'paused';
  throw Problem.conflict('flow.was-published', 'A published flow is no draft any more. Pause it instead.');
}
