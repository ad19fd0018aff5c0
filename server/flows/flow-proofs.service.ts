import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import type { Acceptance, Finding } from '#flows/prove/prove.ts';
import type { Worlds } from '#shared/api/flows.ts';
import { readDefinition } from './definition-door.ts';
import { flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { type AroundFlows, ProofWorlds } from './proof-worlds.repository.ts';
import type { FlowProof } from './proving/prove-in-worlds.ts';
import { Prover } from './proving/prover.ts';

/** A proof, and exactly what it is about. */
export interface KnownProof {
  about: string;
  proof: FlowProof;
}

/** Proves flows against what their workspace has published. */
@Injectable()
export class FlowProofs {
  constructor(
    private readonly proofWorlds: ProofWorlds,
    private readonly flows: FlowsRepository,
    private readonly prover: Prover,
  ) {}

  /** The worlds a draft would be proved in now, for whoever wants to prove it elsewhere. */
  async worlds(workspaceId: string, flowId: string): Promise<Worlds> {
    const flow = await this.flows.find(workspaceId, flowId);
    if (!flow) throw flowNotFound();
    const worlds = await this.proofWorlds.of(workspaceId, flowId, readDefinition(flow.draft));
    return worlds.map((world) => ({ ...world }));
  }

  /**
   * Proves a flow in the worlds of this moment. Whoever holds the workspace's lock can hand in what was proved before they had it:
   * it is taken where nothing has changed since, so that nobody waits for a proof under the lock without need.
   */
  async prove(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
    known: KnownProof | null = null,
  ): Promise<KnownProof> {
    const { definition } = flow;
    const worlds = await this.proofWorlds.of(workspaceId, flowId, flow);
    const about = JSON.stringify([definition, worlds, accepted]);
    if (known?.about === about) return known;
    return { about, proof: await this.prover.prove({ definition, worlds, accepted }) };
  }

  /** What would keep a flow from being published, were its senders and lists these. */
  async blocking(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
    around: AroundFlows,
  ): Promise<Finding[]> {
    const worlds = await this.proofWorlds.of(workspaceId, flowId, flow, around);
    const { blocking } = await this.prover.prove({ definition: flow.definition, worlds, accepted });
    return blocking;
  }
}
