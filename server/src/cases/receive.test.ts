import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type MailParts, type TestDesk } from '../../testing/desk.ts';
import { receive } from './receive.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

const arrive = (parts?: MailParts) => {
  const mail = desk.mail(parts);
  return desk.asSystem((ctx) => receive(ctx, mail));
};

test('a first mail becomes a case', async () => {
  const result = await arrive();
  assert.equal(result.outcome, 'new_case');
});
