import { type LookupAddress, lookup, promises } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { askedTogether } from '../asked-together.ts';
import { codeOf } from '../errors.ts';

/** A name server that keeps silent is given up after this, in milliseconds, and asked once more. */
const TIMEOUT_MS = 2_000;
const TRIES = 2;

/**
 * The addresses of a name, asked of the name servers over a socket. The system's own look-up holds one of the four threads that read
 * files and check passwords as well, for as long as nobody answers: four names whose servers are silent would stop everybody. A name
 * without a dot is this machine's or its network's, which the system alone knows. Rejects where there is none.
 */
export async function addressesOf(name: string, servers?: readonly string[]): Promise<LookupAddress[]> {
  if (!name.includes('.') || name.endsWith('.localhost')) return await systemAddressesOf(name);
  // A new one each time reads anew who the name servers are.
  const resolver = new promises.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = [...addressesIn(four, 4), ...addressesIn(six, 6)];
  if (found.length === 0 && four.status === 'rejected') throw four.reason;
  return found;
}

/** What the system says, its own list of hosts included. Each name that is asked for holds a thread. */
export const systemAddressesOf = askedTogether(
  (name: string) =>
    new Promise<LookupAddress[]>((resolve, reject) =>
      lookup(name, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
    ),
);

/** What the name servers say; where they do not know the name, or there are none, what the system says. */
export const addressesHereOf = askedTogether(async (name: string) => {
  try {
    return await addressesOf(name);
  } catch (error) {
    if (codeOf(error) === 'ETIMEOUT') throw error;
    return await systemAddressesOf(name);
  }
});

/** Lets sockets resolve their names this way. */
export const lookupBy =
  (find: (name: string) => Promise<readonly LookupAddress[]>): LookupFunction =>
  (hostname, options, callback) => {
    find(hostname).then(
      (found) => {
        const [first] = found;
        if (options.all) callback(null, [...found]);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };

const addressesIn = (asked: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] =>
  asked.status === 'fulfilled' ? asked.value.map((address) => ({ address, family })) : [];
