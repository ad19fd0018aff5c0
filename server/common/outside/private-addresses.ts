import { BlockList, isIP } from 'node:net';

/** Addresses that are nobody's on the open internet (IANA special-purpose registries, RFC 6890 and its successors). */
const PRIVATE: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const blocked = listOf(PRIVATE);

/** Whether an IP address is reachable from this machine's own network only, or is no address of a host at all. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Which hosts may be called though they are private: names, addresses, and networks such as 10.1.0.0/16. */
export interface AllowList {
  hosts: ReadonlySet<string>;
  networks: BlockList;
}

/** Reads an allow-list; what is no network or address is the name of a host. Throws for a network that is none. */
export function readAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const networks: [string, number][] = [];
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) hosts.add(entry.toLowerCase());
    else networks.push([address, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits)]);
  }
  return { hosts, networks: listOf(networks) };
}

/** Whether an address may be called. */
export function mayCall(address: string, { networks }: AllowList): boolean {
  const family = isIP(address);
  return (
    family !== 0 && (!isPrivateAddress(address) || networks.check(address, family === 4 ? 'ipv4' : 'ipv6'))
  );
}

function listOf(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks)
    list.addSubnet(network, bits, isIP(network) === 4 ? 'ipv4' : 'ipv6');
  return list;
}
