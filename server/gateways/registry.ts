import type { Gateway } from './gateway.ts';
import { httpGateway } from './http/http.gateway.ts';
import { simulatedGateway } from './simulated/simulated.gateway.ts';

/** Every kind of gateway. A new one is its folder and a line here. */
export const GATEWAYS: readonly Gateway[] = [simulatedGateway, httpGateway];

const byKind = new Map(GATEWAYS.map((gateway) => [gateway.kind, gateway]));

/** The gateway of that kind, or undefined. */
export const gatewayOf = (kind: string): Gateway | undefined => byKind.get(kind);
