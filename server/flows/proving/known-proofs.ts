import type { Finding } from '#flows/prove/finding.ts';
import type { FlowProof, ProofTask } from './prove-in-worlds.ts';
import type { Prover } from './prover.ts';

/**
 * Proofs of one undertaking. What was proved before its lock was held counts under it where nothing it is about has changed since, so
 * that nobody waits for a proof under the lock without need.
 */
export class KnownProofs {
  private readonly proofs = new Map<string, FlowProof>();

  constructor(private readonly prover: Prover) {}

  async of(task: ProofTask): Promise<FlowProof> {
    const about = JSON.stringify(task);
    const known = this.proofs.get(about);
    if (known) return known;
    const proof = await this.prover.prove(task);
    this.proofs.set(about, proof);
    return proof;
  }

  /** What would keep a flow from being published after a change, and would not have before. */
  async broken(before: ProofTask, after: ProofTask): Promise<Finding[]> {
    const { blocking } = await this.of(after);
    if (blocking.length === 0) return [];
    const old = new Set((await this.of(before)).blocking.map(placed));
    return blocking.filter((finding) => !old.has(placed(finding)));
  }
}

const placed = ({ code, place }: Finding): string => JSON.stringify([code, place]);
