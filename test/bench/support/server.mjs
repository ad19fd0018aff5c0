// The server as it is built, with one route more: it parses a text as the real door does and answers without deciding or
// storing anything, and with a clock that can be moved. Only benches start this file; the product has no such route.
import { HttpAdapterHost } from '@nestjs/core';
import { createLog } from '#server/common/log.ts';
import { newId } from '#server/common/ids.ts';
import { SharedClock } from '#server/common/shared-clock.ts';
import { readSettings } from '#server/config.ts';
import { gatewayOf } from '#server/gateways/registry.ts';
import { start } from '#server/start.ts';

/** What the route answers each text with: `{ JOIN: "Reply YES …" }`. */
const replies = JSON.parse(process.env.BENCH_REPLIES ?? '{}');
const gateway = gatewayOf('simulated');

const parseOnly = {
  module: class ParseOnly {},
  providers: [
    {
      provide: 'parse-only',
      useFactory: (host) => ({ onModuleInit: () => layRoute(host.httpAdapter.getInstance()) }),
      inject: [HttpAdapterHost],
    },
  ],
};

function layRoute(fastify) {
  fastify.post('/in/parse-only', (request, reply) => {
    const { texts } = gateway.receive({ body: request.body });
    const accepted = texts.map(({ from, to, text }) => ({
      accepted: true,
      status: 'decided',
      id: newId(Date.now()),
      replies: [{ to: from, from: to, text: replies[text] }],
    }));
    const answer = gateway.answer(accepted);
    reply.code(answer.status).header('content-type', answer.contentType).send(answer.body);
  });
}

let ahead = 0;
const { now } = SharedClock.prototype;
SharedClock.prototype.now = function () {
  return now.call(this) + ahead;
};
process.on('message', (told) => {
  ahead = told.ahead;
});

const settings = readSettings(process.env);
const running = await start(settings, { log: createLog(settings.logLevel), modules: [parseOnly] });
process.send({ url: running.url });
process.once('disconnect', () => running.close().then(() => process.exit(0)));
