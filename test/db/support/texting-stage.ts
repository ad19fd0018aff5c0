import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ClaimedText } from '#server/outbound/read-claimed.ts';
import { whileClaimed } from '../../support/claim.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace, type WorkspaceParts } from '../../support/workspace.ts';
import { type HotPath, openHotPath } from './hot-path.ts';

/** Who works on the workspace, and when. */
export interface Nodes {
  /** How many; one where left out. */
  nodes?: number;
  /** When each test begins; a moment of the clock's own where left out. */
  at?: string;
  /** Waited for before each batch is decided. Without it there is always time to decide. */
  hold?: () => Promise<void>;
}

/** A workspace that people text. All of it but the database is new for each test. */
export class TextingStage {
  database!: TestDatabase;
  clock!: ManualClock;
  workspace!: TestWorkspace;
  nodes: readonly HotPath[] = [];

  get source(): DataSource {
    return this.database.source;
  }

  /** The only node, or the first. */
  get path(): HotPath {
    return this.node(0);
  }

  node(index: number): HotPath {
    const node = this.nodes[index];
    if (!node) throw new Error('There is no such node.');
    return node;
  }

  /** Begins as many nodes, which know nothing yet. */
  async open({ nodes = 1, hold }: Omit<Nodes, 'at'> = {}): Promise<void> {
    const open = () => openHotPath(this.database.url, this.workspace, this.clock, hold);
    this.nodes = await Promise.all(Array.from({ length: nodes }, open));
  }

  /** Claims what a sender may send now, and gives the texts of this workspace: they are on their way. */
  claimed(): Promise<ClaimedText[]> {
    return whileClaimed(this.source, this.clock.now(), (texts) =>
      texts.filter(({ workspaceId }) => workspaceId === this.workspace.id),
    );
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.close();
  }
}

/** Makes a stage before each test of the file, and takes it away after. `parts` may depend on when the test begins, in milliseconds since 1970. */
export function stageTexting(parts: (now: number) => WorkspaceParts, nodes: Nodes = {}): TextingStage {
  const stage = new TextingStage();
  beforeAll(async () => {
    stage.database = await createTestDatabase();
  });
  afterAll(() => stage.database?.close());
  beforeEach(async () => {
    stage.clock = new ManualClock(nodes.at);
    stage.workspace = await createWorkspace(stage.source, parts(stage.clock.now()));
    await stage.open(nodes);
  });
  afterEach(() => stage.close());
  return stage;
}
