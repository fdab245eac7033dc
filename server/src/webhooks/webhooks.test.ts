import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { ProblemError } from '@rapport/sdk';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { drain } from './drain.ts';

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}
interface Receiver {
  url: string;
  heard: Heard[];
  /** How the next calls are answered. */
  answer: (response: ServerResponse, heard: Heard) => void;
  close(): void;
}

const receivers: Server[] = [];
async function receiver(): Promise<Receiver> {
  const made: Receiver = { url: '', heard: [], answer: (response) => response.writeHead(204).end(), close: () => server.close() };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const heard = { headers: request.headers, body: Buffer.concat(parts).toString() };
      made.heard.push(heard);
      made.answer(response, heard);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  receivers.push(server);
  made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return made;
}

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
let offset = 0;
before(async () => {
  house = await openTestHouse({ clock: { now: () => new Date(Date.now() + offset) }, env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test' } } })).id;
});
after(async () => {
  await house.close();
  for (const server of receivers) server.closeAllConnections();
  for (const server of receivers) server.close();
});

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await sleep(25);
};
const hook = (url: string, topics: string[], more: object = {}) => admin.client.webhooks.create({ body: { name: 'Warehouse', url, topics: topics as never, ...more } });
const newCase = (who = admin, subject = 'Broken lamp') => who.client.cases.create({ body: { inboxId, customer: { email: 'nora@shop.test' }, subject, note: 'She called.' } });
const deliveries = async (endpointId: string) => (await admin.client.webhooks.listDeliveries({ params: { endpointId } })).items;
const typed = (heard: Heard) => JSON.parse(heard.body) as { type: string; timestamp: string; data: { caseId?: string; version: number; case?: { subject: string }; entry?: { text: string } } };
const look = async (endpointId: string) => (await admin.client.webhooks.list()).items.find(({ id }) => id === endpointId);
const refused = (code: string) => (error: ProblemError) => error.code === code;
const drop = (endpointId: string) => admin.client.webhooks.remove({ params: { endpointId } });

test('a rule tells one address of a case, whatever topics that asks for, and no other', async () => {
  const [shop, other] = [await receiver(), await receiver()];
  const called = (await hook(shop.url, ['customer.erased'])).endpoint;
  const quiet = (await hook(other.url, ['customer.erased'])).endpoint;
  const rule = await admin.client.rules.create({ body: { name: 'Tell the shop', isOn: true, content: { trigger: { on: 'event', event: 'case.created', fields: [] }, groups: [], actions: { callWebhook: called.id } } } });
  const { id } = await newCase();
  await until(() => shop.heard.length > 0);
  const [heard] = shop.heard;
  assert.deepEqual([heard && typed(heard).type, heard && JSON.parse(heard.body).data], ['rule.called', { caseId: id, version: typed(heard!).data.version, ruleId: rule.id, ruleName: 'Tell the shop' }]);
  assert.deepEqual([(await deliveries(called.id))[0]?.topic, other.heard.length], ['rule.called', 0]);
  await admin.client.rules.remove({ params: { ruleId: rule.id } });
  await drop(called.id);
  await drop(quiet.id);
});

test('an event reaches the address signed as Standard Webhooks says, with ids and without a word of the customer', async () => {
  const warehouse = await receiver();
  const { endpoint, secret } = await hook(warehouse.url, ['case.created']);
  const made = await newCase();
  await until(() => warehouse.heard.length === 1);
  const [heard] = warehouse.heard as [Heard];
  const verified = new Webhook(secret).verify(heard.body, heard.headers as Record<string, string>) as { type: string; data: Record<string, unknown> };
  assert.equal(verified.type, 'case.created');
  assert.deepEqual(verified.data, { caseId: made.id, version: 1 });
  await until(async () => (await deliveries(endpoint.id))[0]?.state === 'delivered');
  const [delivery] = await deliveries(endpoint.id);
  assert.equal(delivery?.eventId, heard.headers['webhook-id']);
  const detail = await admin.client.webhooks.getDelivery({ params: { endpointId: endpoint.id, eventId: delivery?.eventId ?? '' } });
  assert.deepEqual([detail.body, detail.log.map(({ status }) => status)], [heard.body, [204]]);
  await drop(endpoint.id);
});

test('the case goes along as the API gives it, when that is asked for', async () => {
  const warehouse = await receiver();
  const { endpoint } = await hook(warehouse.url, ['case.created', 'note.added'], { includeResource: true });
  const made = await newCase();
  await admin.client.cases.addNote({ params: { caseId: made.id }, body: { text: 'Look at the switch.' } });
  const told = () => warehouse.heard.map(typed).find(({ type, data }) => type === 'note.added' && data.entry?.text === 'Look at the switch.');
  await until(() => told() !== undefined);
  assert.equal(told()?.data.case?.subject, 'Broken lamp');
  const rows = await house.asSystem((ctx) => ctx.tx.run('select * from webhook_delivery'));
  assert.doesNotMatch(JSON.stringify(rows), /Look at the switch|Broken lamp/);
  await drop(endpoint.id);
});

test('an endpoint hears of nothing that its agent may not see, and of nothing at all once the agent is gone', async () => {
  const warehouse = await receiver();
  const narrow = await house.signedInClient('agent');
  const other = await admin.client.accounts.createTeam({ body: { name: 'Others' } });
  await house.asSystem(async (ctx) => {
    const [role] = await ctx.tx.run<{ id: string }>(`insert into role (account_id, id, name, permissions, case_scope, created_at) values ($1, gen_random_uuid(), 'Integrator', '{case.read,case.note,case.reply,webhook.manage}', 'team', now()) returning id`, [ctx.accountId]);
    await ctx.tx.run('update agent set role_id = $3 where account_id = $1 and id = $2', [ctx.accountId, narrow.agentId, role?.id]);
  });
  const { endpoint } = await narrow.client.webhooks.create({ body: { name: 'Mine', url: warehouse.url, topics: ['case.changed'] } });
  await assert.rejects(narrow.client.webhooks.create({ body: { name: 'Too much', url: warehouse.url, topics: ['customer.changed'] } }), refused('more_than_you_have'));
  const hidden = await newCase();
  await admin.client.cases.update({ params: { caseId: hidden.id }, body: { teamId: other.id } });
  await until(() => warehouse.heard.length > 0);
  const count = warehouse.heard.length;
  await admin.client.cases.update({ params: { caseId: hidden.id }, body: { priority: 'high' } });
  const seen = await newCase(admin, 'For all');
  await admin.client.cases.update({ params: { caseId: seen.id }, body: { priority: 'low' } });
  await until(() => warehouse.heard.some((heard) => typed(heard).data.caseId === seen.id));
  assert.equal(warehouse.heard.filter((heard) => typed(heard).data.caseId === hidden.id).length, count);
  await admin.client.accounts.updateAgent({ params: { agentId: narrow.agentId }, body: { isDisabled: true } });
  await admin.client.cases.update({ params: { caseId: seen.id }, body: { priority: 'high' } });
  await until(async () => (await look(endpoint.id))?.offReason === 'agent_left');
  await drop(endpoint.id);
});

test('a webhook whose secret the secret key does not open is turned off and says so, and works again with a new one', async () => {
  const warehouse = await receiver();
  const { endpoint } = await hook(warehouse.url, ['case.created']);
  await house.asSystem((ctx) => ctx.tx.run(`update webhook_endpoint set secret = '\\x0102' where id = $1`, [endpoint.id]));
  await newCase();
  await until(async () => (await look(endpoint.id))?.offReason === 'secret_lost');
  assert.equal(warehouse.heard.length, 0);
  const { secret, endpoint: rotated } = await admin.client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: { overlapHours: 24 } });
  await admin.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { isEnabled: true, version: rotated.version } });
  await newCase();
  await until(() => warehouse.heard.length > 0);
  const [first] = warehouse.heard;
  assert.ok(first && new Webhook(secret).verify(first.body, first.headers as Record<string, string>));
  await drop(endpoint.id);
});

test('after a rotation both secrets verify until the overlap is over', async () => {
  const warehouse = await receiver();
  const { endpoint, secret: old } = await hook(warehouse.url, ['case.created']);
  const { secret, endpoint: rotated } = await admin.client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: { overlapHours: 1 } });
  assert.ok(rotated.oldSecretUntil);
  await admin.client.webhooks.test({ params: { endpointId: endpoint.id } });
  await until(() => warehouse.heard.length === 1);
  const [first] = warehouse.heard as [Heard];
  for (const each of [old, secret]) assert.equal((new Webhook(each).verify(first.body, first.headers as Record<string, string>) as { type: string }).type, 'webhook.test');
  await admin.client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: { overlapHours: 0 } });
  await admin.client.webhooks.test({ params: { endpointId: endpoint.id } });
  await until(() => warehouse.heard.length === 2);
  const second = warehouse.heard[1] as Heard;
  assert.throws(() => new Webhook(secret).verify(second.body, second.headers as Record<string, string>));
  assert.equal(String(second.headers['webhook-signature']).split(' ').length, 1);
  await drop(endpoint.id);
});

test('what is refused, redirected, endless or never answered is tried again later and said in the log, and can be sent again by hand', async () => {
  const warehouse = await receiver();
  const { endpoint } = await hook(warehouse.url, ['case.linked']);
  const params = { endpointId: endpoint.id };
  const tryOnce = async (answer: Receiver['answer']) => {
    warehouse.answer = answer;
    const { eventId } = await admin.client.webhooks.test({ params });
    await until(async () => (await admin.client.webhooks.getDelivery({ params: { ...params, eventId } })).attempts === 1);
    await house.asSystem((ctx) => ctx.tx.run('update webhook_endpoint set paused_until = null where id = $1', [endpoint.id]));
    return admin.client.webhooks.getDelivery({ params: { ...params, eventId } });
  };
  const failed = await tryOnce((response) => response.writeHead(500).end('x'.repeat(5_000)));
  assert.deepEqual([failed.state, failed.log[0]?.status, failed.log[0]?.answer.length], ['waiting', 500, 2_000]);
  assert.ok(failed.nextAt !== null && Date.parse(failed.nextAt) > Date.parse(failed.eventAt));
  const redirected = await tryOnce((response) => response.writeHead(302, { location: `${warehouse.url}/elsewhere` }).end());
  assert.deepEqual([redirected.state, redirected.log[0]?.status], ['waiting', 302]);
  const endless = await tryOnce((response) => response.writeHead(200).end(Buffer.alloc(3 * 1024 * 1024)));
  assert.deepEqual([endless.state, endless.log[0]?.trouble], ['waiting', 'The answer is too long.']);
  const silent = await tryOnce(() => {});
  assert.deepEqual([silent.state, silent.log[0]?.trouble], ['waiting', 'No answer within ten seconds.']);
  const broken = await tryOnce((response) => response.destroy());
  assert.equal(broken.log[0]?.status, null);
  assert.match(broken.log[0]?.trouble ?? '', /^127\.0\.0\.1:\d+ ended the connection\./);
  assert.ok((await look(endpoint.id))?.failingSince);

  warehouse.answer = (response) => response.writeHead(200).end('ok');
  await admin.client.webhooks.resend({ params: { ...params, eventId: failed.eventId } });
  await until(async () => (await admin.client.webhooks.getDelivery({ params: { ...params, eventId: failed.eventId } })).state === 'delivered');
  assert.equal(warehouse.heard.filter(({ headers }) => headers['webhook-id'] === failed.eventId).length >= 2, true);
  await until(async () => (await look(endpoint.id))?.failingSince === null);
  await drop(endpoint.id);
});

test('events of one case arrive in their order, though the first is refused at first', async () => {
  const warehouse = await receiver();
  let refusals = 2;
  warehouse.answer = (response) => response.writeHead((refusals -= 1) >= 0 ? 503 : 200).end();
  const made = await newCase();
  const { endpoint } = await hook(warehouse.url, ['case.changed']);
  for (const priority of ['low', 'high', 'urgent', 'normal'] as const) await admin.client.cases.update({ params: { caseId: made.id }, body: { priority } });
  await until(async () => {
    await house.asSystem((ctx) => ctx.tx.run('update webhook_endpoint set paused_until = null where id = $1', [endpoint.id]));
    await house.asSystem((ctx) => ctx.tx.run(`update webhook_delivery set next_at = now() where state = 'waiting'`));
    if ((await deliveries(endpoint.id)).length === 4) await drain(house.platform, { accountId: house.accountId, endpointId: endpoint.id });
    return (await deliveries(endpoint.id)).filter(({ state }) => state === 'delivered').length === 4;
  });
  const taken = warehouse.heard.slice(2).map((heard) => typed(heard).data.version);
  assert.deepEqual(taken, [...taken].sort((a, b) => a - b));
  await drop(endpoint.id);
});

test('an endpoint that takes nothing for three days is turned off, and whom it acts for is told by mail', async () => {
  const warehouse = await receiver();
  warehouse.answer = (response) => response.writeHead(500).end();
  const { endpoint } = await hook(warehouse.url, ['case.linked']);
  const params = { endpointId: endpoint.id };
  const { eventId } = await admin.client.webhooks.test({ params });
  await until(async () => (await admin.client.webhooks.getDelivery({ params: { ...params, eventId } })).attempts === 1);
  offset += 3 * 86_400_000 + 60_000;
  try {
    await drain(house.platform, { accountId: house.accountId, endpointId: endpoint.id });
    await house.asSystem(async (ctx) => {
      const [row] = await ctx.tx.run<{ off_reason: string }>('select off_reason from webhook_endpoint where id = $1', [endpoint.id]);
      assert.equal(row?.off_reason, 'failing');
      const [delivery] = await ctx.tx.run<{ state: string }>('select state from webhook_delivery where event_id = $1', [eventId]);
      assert.equal(delivery?.state, 'failed');
      const mails = await ctx.tx.run<{ subject: string }>(`select subject from system_mail where kind = 'notice'`);
      assert.deepEqual(mails.map(({ subject }) => subject), ['Webhook turned off: Warehouse']);
    });
  } finally {
    offset = 0;
  }
  await assert.rejects(admin.client.webhooks.test({ params }), refused('webhook_off'));
  const off = await look(endpoint.id);
  await admin.client.webhooks.update({ params, body: { version: off?.version ?? 0, isEnabled: true } });
  warehouse.answer = (response) => response.writeHead(410).end();
  await admin.client.webhooks.test({ params });
  await until(async () => (await look(endpoint.id))?.offReason === 'gone');
  await drop(endpoint.id);
});

test('a process that is killed while it sends loses nothing: the event comes again with the same id', async () => {
  const warehouse = await receiver();
  let isHanging = true;
  warehouse.answer = (response) => {
    if (!isHanging) response.writeHead(200).end();
  };
  const { endpoint } = await hook(warehouse.url, ['case.linked']);
  const eventId = crypto.randomUUID();
  await house.asSystem((ctx) =>
    ctx.tx.run(`insert into webhook_delivery (account_id, endpoint_id, event_id, topic, payload, event_at, next_at, give_up_at, created_at) values ($1, $2, $3, 'webhook.test', '{}', now(), now(), now() + interval '3 days', now())`, [house.accountId, endpoint.id, eventId]),
  );
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../testing/webhook-process.ts'), house.databaseUrl, house.platform.config.dataDir, house.accountId, endpoint.id], { stdio: ['ignore', 'ignore', 'inherit'] });
  await until(() => warehouse.heard.length === 1);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  isHanging = false;
  // Held by the dead: nobody sends until its time is over.
  await drain(house.platform, { accountId: house.accountId, endpointId: endpoint.id });
  assert.equal(warehouse.heard.length, 1);
  offset += 61_000;
  try {
    await drain(house.platform, { accountId: house.accountId, endpointId: endpoint.id });
  } finally {
    offset = 0;
  }
  assert.deepEqual(warehouse.heard.map(({ headers }) => headers['webhook-id']), [eventId, eventId]);
  assert.equal((await deliveries(endpoint.id))[0]?.state, 'delivered');
  await drop(endpoint.id);
});

test('nothing in our own network is called, and who may not set up endpoints does not', async () => {
  await assert.rejects(hook('http://shop.test/hook', ['case.created']), refused('bad_webhook_address'));
  await assert.rejects(hook('https://user:word@shop.test/hook', ['case.created']), refused('bad_webhook_address'));
  const { endpoint } = await hook('https://[::ffff:10.0.0.1]/hook', ['case.linked']);
  const { eventId } = await admin.client.webhooks.test({ params: { endpointId: endpoint.id } });
  await until(async () => (await admin.client.webhooks.getDelivery({ params: { endpointId: endpoint.id, eventId } })).attempts === 1);
  assert.match((await admin.client.webhooks.getDelivery({ params: { endpointId: endpoint.id, eventId } })).log[0]?.trouble ?? '', /not on the internet/);
  const { version } = endpoint;
  await assert.rejects(admin.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { version: version - 1, name: 'x' } }), refused('changed_meanwhile'));
  const supervisor = await house.signedInClient('supervisor');
  for (const call of [
    () => supervisor.client.webhooks.list(), () => supervisor.client.webhooks.create({ body: { name: 'x', url: 'https://shop.test', topics: ['case.created'] } }), () => supervisor.client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: {} }),
    () => supervisor.client.webhooks.remove({ params: { endpointId: endpoint.id } }), () => supervisor.client.webhooks.test({ params: { endpointId: endpoint.id } }), () => supervisor.client.webhooks.update({ params: { endpointId: endpoint.id }, body: { version } }),
    () => supervisor.client.webhooks.listDeliveries({ params: { endpointId: endpoint.id } }), () => supervisor.client.webhooks.getDelivery({ params: { endpointId: endpoint.id, eventId } }), () => supervisor.client.webhooks.resend({ params: { endpointId: endpoint.id, eventId } }),
  ]) await assert.rejects(call(), refused('not_allowed'));
  await drop(endpoint.id);
});
