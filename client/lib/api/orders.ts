import {
  type OrderResult,
  orderResultSchema,
  type RehearseText,
  type SendText,
  type StartFlowInput,
  type TextRehearsal,
  textRehearsalSchema,
} from '#shared/api/orders.ts';
import { send } from './http.ts';

/** Begins a live flow with somebody. */
export const startFlow = (flowId: string, order: StartFlowInput): Promise<OrderResult> =>
  send('POST', `/api/flows/${flowId}/start`, order, orderResultSchema);

/** Sends somebody one text. */
export const sendText = (order: SendText): Promise<OrderResult> =>
  send('POST', '/api/messages', order, orderResultSchema);

/** What would become of a text. */
export const rehearseText = (order: RehearseText): Promise<TextRehearsal> =>
  send('POST', '/api/messages/rehearse', order, textRehearsalSchema);
