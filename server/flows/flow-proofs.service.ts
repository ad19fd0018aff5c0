import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { type Acceptance, type Finding, once, prove } from '#flows/prove/prove.ts';
import type { ProofCertificate, Worlds } from '#shared/api/flows.ts';
import { readDefinition } from './definition-door.ts';
import { flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { ProofWorlds } from './proof-worlds.repository.ts';

/** What was found about a flow, what of it stands against publishing it, and the certificates it gets when nothing does: one for each world it will live in. */
export interface FlowProof {
  findings: Finding[];
  blocking: Finding[];
  certificates: ProofCertificate[];
}

/** Proves flows against what their workspace has published. The caller holds the workspace's lock, so that no world changes under a proof. */
@Injectable()
export class FlowProofs {
  constructor(
    private readonly proofWorlds: ProofWorlds,
    private readonly flows: FlowsRepository,
  ) {}

  /** The worlds a draft would be proved in now, for whoever wants to prove it elsewhere. */
  async worlds(workspaceId: string, flowId: string): Promise<Worlds> {
    const flow = await this.flows.find(workspaceId, flowId);
    if (!flow) throw flowNotFound();
    const worlds = await this.proofWorlds.of(workspaceId, flowId, readDefinition(flow.draft));
    return worlds.map((world) => ({ ...world }));
  }

  async prove(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
  ): Promise<FlowProof> {
    const worlds = await this.proofWorlds.of(workspaceId, flowId, flow);
    const proofs = worlds.map((world) => prove(flow, world, { accepted }));
    return {
      findings: once(proofs.flatMap((proof) => proof.findings)),
      blocking: once(proofs.flatMap((proof) => proof.blocking)),
      certificates: proofs.map((proof) => proof.certificate),
    };
  }
}
