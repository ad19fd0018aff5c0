import { describe, expect, it } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { maskNumber, maskText } from '#server/common/mask.ts';
import { plainLines } from '#server/common/plain-lines.ts';

function written(work: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  work(
    createLog('info', {
      write: (line: string) => {
        lines += line;
      },
    }),
  );
  return lines;
}

describe('the log', () => {
  it('shows neither whole numbers nor the words of a message', () => {
    const lines = written((log) =>
      log.info(
        { from: '+15550100123', message: { to: '+33612345678', text: 'my PIN is 4711' }, requestId: 'r1' },
        'An MO came.',
      ),
    );
    expect(JSON.parse(lines)).toMatchObject({
      from: '+1•••23',
      message: { to: '+3•••78', text: '[14 characters]' },
      requestId: 'r1',
      msg: 'An MO came.',
    });
  });

  it('shows of a failed query neither its parameters nor the values the database quotes', () => {
    const error = Object.assign(new Error('duplicate key for +15550100123'), {
      code: '23505',
      constraint: 'contacts_phone',
      parameters: ['+15550100123', 'STOP it'],
      driverError: Object.assign(new Error('x'), { detail: 'Key (phone)=(+15550100123) already exists.' }),
    });
    const lines = written((log) => log.error({ err: error }, 'A batch failed.'));
    expect(lines).toContain('contacts_phone');
    expect(lines).toContain('23505');
    expect(lines).not.toMatch(/5550100123|STOP it/);
  });

  it('reads like a line at a terminal', () => {
    let text = '';
    const log = createLog(
      'info',
      plainLines((line) => {
        text += line;
      }),
    );
    log.warn({ gateway: 'twilio', tries: 3 }, 'A gateway does not answer.');
    expect(text).toMatch(/^\d\d:\d\d:\d\d warn {2}A gateway does not answer\. gateway=twilio tries=3\n$/);
  });

  it.each([
    ['+15550100123', '+1•••23'],
    ['+4915112345678', '+491•••78'],
    ['12345', '12345'],
  ])('masks %s', (number, shown) => expect(maskNumber(number)).toBe(shown));

  it('tells of a text only its length', () => expect(maskText('hello')).toBe('[5 characters]'));
});
