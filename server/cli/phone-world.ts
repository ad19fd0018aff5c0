import type { ParsedFlow } from '#flows/definition/parse.ts';
import { compile } from '#flows/engine/compile.ts';
import type { SenderWorld } from '#flows/engine/world.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { policiesOf, type ProofWorld, senderFor as addressFor, senderWorldOf } from '#flows/prove/world.ts';

/** The engine's world with one flow published, as proofs have it: whatever the time, and for everybody. */
export const senderFor = (flow: ParsedFlow, world: ProofWorld): SenderWorld => groundOf(flow, world).sender;

/** The same, where keywords count only in their time and for those they are meant for. */
export function strictSenderFor(flow: ParsedFlow, world: ProofWorld): SenderWorld {
  const { flow: published, lists } = groundOf(flow, world);
  const drawn = { ...published, compiled: compile(flow.definition, flow.nodes) };
  const address = addressFor(world, flow.definition.triggers);
  return senderWorldOf(world, drawn, policiesOf(world, lists), address);
}
