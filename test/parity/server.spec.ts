import { afterAll, beforeAll, describe } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { goldenConversations } from '../support/conversation-runner.ts';
import { stageHttp } from '../support/http-stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const clock = new ManualClock();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock });
});

afterAll(() => server?.close());

describe.each(TEMPLATES.map((template) => [template.id, template] as const))(
  'over HTTP, template %s',
  (id, template) => {
    goldenConversations(
      new URL(`../../flows/templates/${id}/conversations.json`, import.meta.url),
      (conversation) =>
        stageHttp(
          server,
          clock,
          {
            definition: template.definition,
            lists: Object.fromEntries(template.lists.map(({ key, optIn }) => [key, optIn])),
            contests: template.contests.map(({ key }) => key),
            vouchers: template.vouchers.map(({ key }) => key),
          },
          conversation,
        ),
    );
  },
);
