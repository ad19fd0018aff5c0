import type { ParsedFlow } from '#flows/definition/parse.ts';
import type { SenderWorld } from '#flows/engine/world.ts';
import { groundOf } from '#flows/prove/ground.ts';
import type { ProofWorld } from '#flows/prove/world.ts';

/** The engine's world with one flow published, as proofs have it. */
export const senderFor = (flow: ParsedFlow, world: ProofWorld): SenderWorld => groundOf(flow, world).sender;
