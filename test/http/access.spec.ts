import { DiscoveryService } from '@nestjs/core';
import { type ApiRoute, apiRoutes } from '#server/api-docs/api-routes.ts';
import { ApiClient } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let routes: ApiRoute[];

beforeAll(async () => {
  server = await startTestServer();
  routes = apiRoutes(server.app.get(DiscoveryService, { strict: false }));
});
afterAll(() => server.close());

test('x', async () => {
  console.log(
    routes
      .map((r) => `${r.open ? 'open' : 'closed'} ${r.needs ?? ''} ${r.name} ${r.spec ? '' : 'NO SPEC'}`)
      .join('\n'),
  );
  const doc = await new ApiClient(server.url).get('/api/docs-json');
  console.log(doc.status, doc.text.slice(0, 300), doc.text.length);
  const page = await new ApiClient(server.url).get('/api/docs');
  console.log(page.status, page.text.slice(0, 300), page.headers.get('content-type'));
  const f = await new ApiClient(server.url).get('/api/docs/swagger-ui-bundle.js');
  console.log(f.status, f.text.length, f.headers.get('content-type'));
  const m = await new ApiClient(server.url).get('/metrics');
  console.log(m.status, m.text.slice(0, 200), m.headers.get('content-type'));
});
