import { newId } from '#server/common/ids.ts';
import type { TextWork } from '#server/inbound/work.ts';

/** A text as a gateway's door hands it in; without an id of its own one of its time. */
export const textWork = ({ phone = '+12025550100', at = 0, ...more }: Partial<TextWork>): TextWork => ({
  kind: 'text',
  id: newId(at),
  workspaceId: 'w',
  gatewayId: 'g',
  phone,
  reachable: true,
  from: phone,
  to: '1',
  text: 'hello',
  gatewayMessageId: null,
  extra: null,
  at,
  done: () => undefined,
  ...more,
});
