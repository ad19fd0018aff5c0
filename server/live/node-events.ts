import type { EndedSessions } from '../accounts/ended-sessions.ts';
import type { Digest } from './beat.ts';

/** What the nodes on one database tell each other through socket.io's adapter. `node` names the one that tells. */
export interface NodeEvents {
  /** The workspaces whose traffic some page of that node follows right now; told again while it is so. */
  watching: (node: string, workspaceIds: readonly string[]) => void;
  /** What that node did in a workspace since its last digest. */
  digest: (node: string, workspaceId: string, digest: Digest) => void;
  /** Sessions that were ended there: their connections are to close here too. */
  ended: (which: EndedSessions) => void;
}
