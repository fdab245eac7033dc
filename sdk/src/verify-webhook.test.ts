import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookError } from './verify-webhook.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const now = new Date('2026-03-02T09:00:00Z');
const body = JSON.stringify({ type: 'case.created', timestamp: now.toISOString(), data: { caseId: 'c1' } });
const headersOf = (id: string, at: Date, by = secret) => ({ 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(by).sign(id, at, body) });

test('what another library signs is verified, also when one of two signatures fits', async () => {
  const headers = headersOf('e1', now);
  assert.deepEqual(await verifyWebhook({ secret, headers, body, now }), { id: 'e1', type: 'case.created', timestamp: now.toISOString(), data: { caseId: 'c1' } });
  const other = headersOf('e1', now, `whsec_${randomBytes(32).toString('base64')}`);
  const both = new Headers({ ...headers, 'webhook-signature': `${other['webhook-signature']} v2,x v1,! ${headers['webhook-signature']}` });
  assert.equal((await verifyWebhook({ secret, headers: both, body, now })).id, 'e1');
});

test('a changed body, another id, another secret, an old call and a missing header are refused', async () => {
  const headers = headersOf('e1', now);
  const refused = (options: object) => assert.rejects(verifyWebhook({ secret, headers, body, now, ...options }), WebhookError);
  await refused({ body: `${body} ` });
  await refused({ headers: { ...headers, 'webhook-id': 'e2' } });
  await refused({ secret: `whsec_${randomBytes(32).toString('base64')}` });
  await refused({ secret: 'whsec_' });
  await refused({ now: new Date(now.getTime() + 301_000) });
  await refused({ now: new Date(now.getTime() - 301_000) });
  await refused({ headers: { ...headers, 'webhook-signature': undefined } });
});
