import type { ParsedFlow } from '#flows/definition/parse.ts';
import { Phone } from '#flows/engine/phone.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import type { SenderWorld } from '#flows/engine/world.ts';
import { groundOf } from '#flows/prove/ground.ts';
import { ANYBODY } from '#flows/prove/rehearse.ts';
import type { ProofWorld } from '#flows/prove/world.ts';

/** The engine's world with one flow published, as proofs have it. */
export const senderFor = (flow: ParsedFlow, world: ProofWorld): SenderWorld => groundOf(flow, world).sender;

/** A phone in the hand of the person that a conversation is about. */
export const phoneFor = (
  sender: SenderWorld,
  person: Partial<Omit<Conversation, 'name' | 'lines'>> = {},
): Phone =>
  new Phone({
    world: sender,
    phone: person.phone ?? ANYBODY,
    language: person.language ?? null,
    fields: person.contact ?? {},
    tags: person.tags ?? [],
    closedContests: person.closedContests ?? [],
    holds: person.holds ?? false,
    startAt: 0,
  });
