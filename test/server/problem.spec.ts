import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadRequestException, ForbiddenException } from '@nestjs/common';
import { z } from 'zod';
import { problemBodySchema } from '#shared/api/problem.ts';
import { parse } from '#server/common/parse.ts';
import { Problem } from '#server/common/problem.ts';
import { problemBody, toProblem } from '#server/web/problem.filter.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const flow = z.object({
  nodes: z.array(z.object({ text: z.string().min(1, 'Write a text.') })),
  name: z.string(),
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a thrown thing becomes a problem', () => {
  it('keeps its own words', () => {
    const thrown = Problem.conflict('keyword.taken', 'The keyword JOIN is taken.', { place: 'words.0' });
    expect(problemBody(toProblem(thrown), 'r1')).toEqual({
      error: { code: 'keyword.taken', message: 'The keyword JOIN is taken.', place: 'words.0' },
      requestId: 'r1',
    });
  });

  it('names every place of invalid input', () => {
    const problem = toProblem(thrownBy(() => parse(flow, { nodes: [{ text: '' }] })));
    expect(problem.status).toBe(400);
    const body = problemBodySchema.parse(problemBody(problem, 'r2'));
    expect(body.error).toMatchObject({ code: 'body.invalid', place: 'nodes.0.text' });
    expect(body.error.message).toBe('nodes.0.text: Write a text.');
    expect(body.error.issues?.map(({ code, place }) => [code, place])).toEqual([
      ['body.too-small', 'nodes.0.text'],
      ['body.invalid-type', 'name'],
    ]);
  });

  it('reads a bare ZodError the same way', () => {
    expect(toProblem(flow.safeParse(3).error)).toMatchObject({ status: 400, code: 'body.invalid' });
  });

  it.each([
    [new ForbiddenException(), 403, 'request.forbidden'],
    [new BadRequestException('x'), 400, 'request.unreadable'],
    [Object.assign(new Error('big'), { statusCode: 413 }), 413, 'request.too-large'],
    [Object.assign(new Error('odd'), { statusCode: 415 }), 415, 'request.media-type'],
    [Object.assign(new Error('tea'), { statusCode: 418 }), 418, 'request.status-418'],
    [new Error('select * from secrets failed'), 500, 'server.failed'],
    ['a bare string', 500, 'server.failed'],
    [undefined, 500, 'server.failed'],
  ])('%p', (thrown, status, code) => {
    const problem = toProblem(thrown);
    expect(problem).toMatchObject({ status, code });
    const body = problemBodySchema.parse(problemBody(problem, 'r3'));
    expect(JSON.stringify(body)).not.toContain('secrets');
  });
});

describe('what the server itself refuses', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it.each([
    ['GET', '/api/nothing-here', undefined, undefined, 404, 'request.no-such-route'],
    ['GET', '/in/nothing/here', undefined, undefined, 404, 'request.no-such-route'],
    ['GET', '/api/%zz', undefined, undefined, 400, 'request.unreadable'],
    ['POST', '/api/session', 'application/json', '{"bad', 400, 'request.unreadable'],
    [
      'POST',
      '/api/session',
      'application/json',
      JSON.stringify('x'.repeat(4_300_000)),
      413,
      'request.too-large',
    ],
  ])('%s %s', async (method, path, type, body, status, code) => {
    const answer = await fetch(server.url + path, {
      method,
      body,
      headers: type ? { 'content-type': type } : {},
    });
    expect(answer.status).toBe(status);
    const problem = problemBodySchema.parse(await answer.json());
    expect(problem.error.code).toBe(code);
    expect(answer.headers.get('x-request-id')).toBe(problem.requestId);
  });

  it('says that it is well', async () => {
    const answer = await fetch(`${server.url}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
