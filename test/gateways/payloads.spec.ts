import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { GatewayAccount, GatewayRequest, Received, ReceivedReceipts } from '#server/gateways/gateway.ts';
import { GATEWAYS } from '#server/gateways/registry.ts';

const FOLDER = new URL('../../server/gateways/', import.meta.url);

/** A request as a carrier makes it, and what the gateway reads out of it. */
interface Payload {
  name: string;
  door: 'texts' | 'reports';
  /** Settings of the account. */
  config?: Record<string, unknown>;
  now?: number;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  /** As the web server read it. */
  body: unknown;
  /** The bytes, where they are not the body as JSON. */
  raw?: string;
  gives:
    | Exclude<Received, { refused: unknown }>
    | Exclude<ReceivedReceipts, { refused: unknown }>
    | { refused: { status: number; code: string } };
}

const payloadsOf = (kind: string): Payload[] =>
  JSON.parse(readFileSync(new URL(`${kind}/payloads.json`, FOLDER), 'utf8'));

test('every folder of gateways is registered', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(GATEWAYS.map(({ kind }) => kind).sort());
});

describe.each(GATEWAYS.map((gateway) => [gateway.kind, gateway] as const))('gateway %s', (kind, gateway) => {
  const payloads = payloadsOf(kind);

  test.each(payloads.map((payload) => [payload.name, payload] as const))('reads %s', (_, payload) => {
    const { config = {}, now = 0, headers = {}, query = {}, body, raw = JSON.stringify(body) } = payload;
    const account: GatewayAccount = { id: 'account', workspaceId: 'workspace', kind, config };
    const rawBody = Buffer.from(raw);
    const request: GatewayRequest = {
      method: gateway.methods[0] ?? 'POST',
      headers,
      query,
      body,
      rawBody,
      now,
    };
    const read =
      payload.door === 'texts' ? gateway.receive(request, account) : gateway.receipts?.(request, account);
    if ('refused' in payload.gives) expect(read).toMatchObject(payload.gives);
    else expect(read).toEqual(payload.gives);
  });

  test('has a payload for what it takes and for what it refuses', () => {
    const doors = gateway.receipts ? ['texts', 'reports'] : ['texts'];
    for (const door of doors) {
      const here = payloads.filter((payload) => payload.door === door);
      expect(here.some(({ gives }) => 'refused' in gives)).toBe(true);
      expect(here.some(({ gives }) => !('refused' in gives))).toBe(true);
    }
  });
});
