import type { LookupFunction } from 'node:net';
import { addressesOf, lookupBy, systemAddressesOf } from './names.ts';
import { type AllowList, mayCall } from './private-addresses.ts';

/** A host that must not be called, because it is one of our own network's. */
export class PrivateHostError extends Error {
  override readonly name = 'PrivateHostError';
  constructor(host: string) {
    super(`${host} is an address of a private network. WEBHOOK_ALLOW names those that may be called.`);
  }
}

/**
 * Resolves names for sockets and hands out only addresses that may be called. The socket connects to what was checked here, so a
 * name that answers otherwise the next time gains nothing.
 */
export const guardedLookup = (allow: AllowList): LookupFunction =>
  lookupBy(async (name) => {
    if (allow.hosts.has(name.toLowerCase())) return systemAddressesOf(name);
    const allowed = (await addressesOf(name)).filter(({ address }) => mayCall(address, allow));
    if (allowed.length === 0) throw new PrivateHostError(name);
    return allowed;
  });
