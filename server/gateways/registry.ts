import type { GatewayKind } from '#shared/api/gateways.ts';
import type { Gateway } from './gateway.ts';
import { httpGateway } from './http/http.gateway.ts';
import { simulatedGateway } from './simulated/simulated.gateway.ts';

const KINDS: Readonly<Record<GatewayKind, Gateway>> = { simulated: simulatedGateway, http: httpGateway };

/** Every kind of gateway. A new one is its name in `gatewayKindSchema`, its folder, and what the compiler then asks for. */
export const GATEWAYS: readonly Gateway[] = Object.values(KINDS);

const byKind = new Map<string, Gateway>(GATEWAYS.map((gateway) => [gateway.kind, gateway]));

/** The gateway of that kind, or undefined. */
export const gatewayOf = (kind: string): Gateway | undefined => byKind.get(kind);
