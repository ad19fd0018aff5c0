// A carrier for the outbox bench, in a process of its own so that its work is nobody else's: answers each text with an id, and
// tells on GET how many it got and how many of them were different.
import { createServer } from 'node:http';

const seen = new Set();
let received = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ received, different: seen.size }));
    if (request.url === '/again') {
      seen.clear();
      received = 0;
    }
    return;
  }
  const id = request.headers['webhook-id'];
  request.resume().on('end', () => {
    received++;
    seen.add(id);
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"far-${id}"}`);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('disconnect', () => process.exit());
