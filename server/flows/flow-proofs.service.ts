import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import { type Acceptance, type Finding, prove } from '#flows/prove/prove.ts';
import type { ProofCertificate } from '#shared/api/flows.ts';
import { ProofWorlds } from './proof-worlds.repository.ts';

/** What stands against publishing a flow, and the certificates it gets when nothing does: one for each world it will live in. */
export interface FlowProof {
  blocking: Finding[];
  certificates: ProofCertificate[];
}

/** Proves flows against what their workspace has published. The caller holds the workspace's lock, so that no world changes under a proof. */
@Injectable()
export class FlowProofs {
  constructor(private readonly worlds: ProofWorlds) {}

  async prove(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
  ): Promise<FlowProof> {
    const worlds = await this.worlds.of(workspaceId, flowId, flow);
    const proofs = worlds.map((world) => prove(flow, world, { accepted }));
    return {
      blocking: proofs.flatMap((proof) => proof.blocking),
      certificates: proofs.map((proof) => proof.certificate),
    };
  }
}
