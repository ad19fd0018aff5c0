import type { Scalar } from '#flows/engine/effects.ts';
import type { Audience } from '#shared/api/campaigns.ts';
import { assertNever } from '#shared/assert-never.ts';
import { bind } from '../database/bind.ts';

/** Somebody of an audience. */
export interface Member {
  id: string;
  phone: string;
  fields: Record<string, Scalar>;
}

/** Where those are found whom a campaign is for: `c`, rows of contacts or of a file's orders, and their condition. $1 is the workspace. */
export function audienceSql({ id, audience }: { id: string; audience: Audience }, values: unknown[]): string {
  return audience.kind === 'file'
    ? `orders c where c.workspace_id = $1 and c.campaign_id = ${bind(values, id)}`
    : `contacts c where c.workspace_id = $1 and ${condition(audience, values)}`;
}

function condition(audience: Exclude<Audience, { kind: 'file' }>, values: unknown[]): string {
  switch (audience.kind) {
    case 'list':
      return `exists (select 1 from consents s where s.workspace_id = c.workspace_id and s.contact_id = c.id
        and s.scope = ${bind(values, `list:${audience.list}`)} and s.state = 'confirmed')`;
    case 'tag':
      return `c.tags <> '{}' and c.tags @> array[${bind(values, audience.tag)}::text]`;
    case 'field':
      return `c.fields ->> ${bind(values, audience.field)} = ${bind(values, audience.is)}`;
    default:
      return assertNever(audience);
  }
}
