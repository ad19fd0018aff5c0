import type { LookupFunction } from 'node:net';
import { addressesOf, systemAddressesOf } from './names.ts';
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
export const guardedLookup =
  (allow: AllowList): LookupFunction =>
  (hostname, options, callback) => {
    const isNamed = allow.hosts.has(hostname.toLowerCase());
    const asking = isNamed ? systemAddressesOf(hostname) : addressesOf(hostname);
    asking.then(
      (found) => {
        const allowed = found.filter(({ address }) => isNamed || mayCall(address, allow));
        const [first] = allowed;
        if (!first) return callback(new PrivateHostError(hostname), '', 0);
        if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
