// A carrier for the outbox bench, in a process of its own: answers each text with an id, and tells on GET how many it got and how many
// of them were different. A carrier does not share the sender's machine, so it is as little of one as can be: it reads just enough of
// HTTP/1.1 to find the requests [RFC 9112], and answers with the headers that carriers send.
import { createServer } from 'node:net';

const seen = new Set();
let received = 0;

const server = createServer((socket) => {
  let unread = '';
  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    unread += bytes;
    for (let end = endOfRequest(unread); end > 0; end = endOfRequest(unread)) {
      socket.write(answer(unread.slice(0, end)));
      unread = unread.slice(end);
    }
  });
});

/** Where the first request is over; 0 while some of it is still to come. A byte is a character here. */
function endOfRequest(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1] ?? 0;
  const end = head + 4 + Number(length);
  return text.length < end ? 0 : end;
}

function answer(request) {
  if (request.startsWith('GET ')) return counted(request.startsWith('GET /again'));
  const id = /\r\nwebhook-id: *([^\r]*)/i.exec(request)?.[1];
  received++;
  seen.add(id);
  return ok(`{"id":"far-${id}"}`);
}

function counted(again) {
  const counts = JSON.stringify({ received, different: seen.size });
  if (again) {
    seen.clear();
    received = 0;
  }
  return ok(counts);
}

let date = new Date().toUTCString();
setInterval(() => {
  date = new Date().toUTCString();
}, 1_000).unref();

const ok = (json) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=60\r\nContent-Length: ${json.length}\r\n\r\n${json}`;

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('disconnect', () => process.exit());
