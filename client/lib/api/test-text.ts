import { type Accepted, acceptedSchema } from '#shared/api/inbound.ts';
import { send } from './http.ts';

/** A text as a simulated gateway takes it. */
export interface TestText {
  from: string;
  to: string;
  text: string;
}

/** Plays a person's phone: hands a text to a simulated gateway, and answers with what comes back. */
export const sendTestText = (inboundPath: string, text: TestText): Promise<Accepted> =>
  send('POST', inboundPath, text, acceptedSchema);
