import type { Answer, ApiClient } from './api-client.ts';

/** Publishes a draft as somebody who has a reason for whatever is doubtful about it. */
export async function publishDraft(
  client: ApiClient,
  id: string,
  revision = 1,
  note?: string,
): Promise<Answer> {
  const path = `/api/flows/${id}/publish`;
  return withReasons((accepted) => client.post(path, { revision, note, accepted }));
}

/** Resumes a flow as the same person. */
export const resumeFlow = (client: ApiClient, id: string): Promise<Answer> =>
  withReasons((accepted) => client.patch(`/api/flows/${id}`, { status: 'live', accepted }));

async function withReasons(ask: (accepted?: object[]) => Promise<Answer>): Promise<Answer> {
  const answer = await ask();
  if (answer.body?.error.code !== 'flow.needs-reason') return answer;
  const issues: { code: string; finding: { place: object } }[] = answer.body.error.issues;
  return ask(issues.map(({ code, finding: { place } }) => ({ code, place, reason: 'We want it so.' })));
}
