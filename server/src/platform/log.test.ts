import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, level = 'info'): string {
  const lines: string[] = [];
  write(createLog(level, { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

it('a line is one JSON object with a time, a message and its fields', () => {
  const line = JSON.parse(logged((log) => log.info({ requestId: 'r1', ms: 3 }, 'request')));
  assert.equal(line.msg, 'request');
  assert.equal(line.requestId, 'r1');
  assert.match(line.time, /^\d{4}-.*Z$/);
});

it('what is below the level is not written', () => assert.equal(logged((log) => log.info({}, 'request'), 'warn'), ''));

it('an error tells what it is and where, but not whose address or which values', () => {
  const database = Object.assign(new Error('duplicate key value violates unique constraint "agent_email"'), { code: '23505', detail: 'Key (email)=(kim@example.com) already exists.', parameters: ['secret'] });
  const mail = new Error('550 5.1.1 <kim.lee+x@example.com>: unknown, asked by "ann@desk.example.org"', { cause: database });
  const text = logged((log) => log.error({ err: mail }, 'sending failed'));
  const { err } = JSON.parse(text);
  assert.equal(err.message, '550 5.1.1 <…@example.com>: unknown, asked by "…@desk.example.org"');
  assert.equal(err.cause.code, '23505');
  assert.match(err.stack, /log\.test\.ts/);
  assert.doesNotMatch(text, /kim|ann@|already exists|secret/);
});

it('what was thrown without being an error is logged too', () => assert.match(logged((log) => log.error({ err: 'just text' }, 'odd')), /just text/));

it('passwords, tokens and cookies in fields are covered', () => {
  const text = logged((log) => log.warn({ password: 'hunter2', settings: { token: 'abc123' }, cookie: 'session=1' }, 'odd'));
  assert.doesNotMatch(text, /hunter2|abc123|session=1/);
});
