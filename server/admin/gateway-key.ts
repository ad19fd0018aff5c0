import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** `gateway-key <id>`: for a key that somebody may have seen. Whoever knows it can post texts. */
export async function newGatewayKey(
  app: INestApplicationContext,
  base: string,
  id: string | undefined,
): Promise<string> {
  const source = app.get(DataSource);
  const key = randomBytes(24).toString('base64url');
  const [changed]: [{ kind: string; name: string }[], number] = await source.query(
    'update gateways set key = $2 where id::text = $1 returning kind, name',
    [id ?? '', key],
  );
  const [gateway] = changed;
  if (!gateway) {
    const all: { id: string; name: string }[] = await source.query(
      'select id, name from gateways order by name',
    );
    const list = all.map((one) => `  ${one.id}  ${one.name}`).join('\n');
    throw new Error(`Say which gateway, by its id:\n${list}`);
  }
  return `${gateway.name} is now reached at ${base}/in/${gateway.kind}/${key}. Tell the carrier.`;
}
