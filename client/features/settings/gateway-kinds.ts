import type { GatewayKind } from '#shared/api/gateways.ts';

/** The kinds of gateway in words, and whether one is told a web address to send to. */
export const GATEWAY_KINDS: Readonly<
  Record<GatewayKind, { label: string; does: string; hasAddress: boolean }>
> = {
  simulated: { label: 'Simulated', does: 'reaches nobody, for trying out', hasAddress: false },
  http: { label: 'HTTP', does: 'posts texts to a web address', hasAddress: true },
};
