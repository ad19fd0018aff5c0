import { parse } from '#flows/definition/parse.ts';
import type { Finding } from '#flows/prove/finding.ts';
import { type Acceptance, once, prove } from '#flows/prove/prove.ts';
import type { ProofWorld } from '#flows/prove/world.ts';
import type { ProofCertificate } from '#shared/api/flows.ts';

/** What is to be proved: a definition that parses, in every world it will live in. */
export interface ProofTask {
  definition: unknown;
  worlds: readonly ProofWorld[];
  accepted: readonly Acceptance[];
}

/** What was found about a flow, what of it stands against publishing it, and the certificates it gets when nothing does: one for each world. */
export interface FlowProof {
  findings: Finding[];
  blocking: Finding[];
  certificates: ProofCertificate[];
}

/** Proves a flow in its worlds. Nothing but data goes in and comes out, so that it can be done in another thread. */
export function proveInWorlds({ definition, worlds, accepted }: ProofTask): FlowProof {
  const parsed = parse(definition);
  if (parsed.definition === null) throw new Error('What is to be proved has been parsed before.');
  const proofs = worlds.map((world) => prove(parsed, world, { accepted }));
  return {
    findings: once(proofs.flatMap((proof) => proof.findings)),
    blocking: once(proofs.flatMap((proof) => proof.blocking)),
    certificates: proofs.map((proof) => proof.certificate),
  };
}
