import { Injectable } from '@nestjs/common';
import type { ParsedFlow } from '#flows/definition/parse.ts';
import type { Acceptance } from '#flows/prove/prove.ts';
import type { Worlds } from '#shared/api/flows.ts';
import { readDefinition } from './definition-door.ts';
import { flowNotFound } from './flow-problems.ts';
import { FlowsRepository } from './flows.repository.ts';
import { type GivenWorld, ProofWorlds } from './proof-worlds.repository.ts';
import { KnownProofs } from './proving/known-proofs.ts';
import type { FlowProof, ProofTask } from './proving/prove-in-worlds.ts';
import { Prover } from './proving/prover.ts';

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

  /** For the proofs of one undertaking; nothing is known yet. */
  nothingKnown(): KnownProofs {
    return new KnownProofs(this.prover);
  }

  /** What has to be proved of a flow at this moment. `given`: what is, or would be, otherwise than it stands. */
  async task(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
    given: GivenWorld = {},
  ): Promise<ProofTask> {
    const worlds = await this.proofWorlds.of(workspaceId, flowId, flow, given);
    return { definition: flow.definition, worlds, accepted };
  }

  /** Proves a flow in the worlds of this moment, unless exactly this is known. */
  async prove(
    workspaceId: string,
    flowId: string,
    flow: ParsedFlow,
    accepted: readonly Acceptance[],
    known: KnownProofs,
  ): Promise<FlowProof> {
    return known.of(await this.task(workspaceId, flowId, flow, accepted));
  }
}
