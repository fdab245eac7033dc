import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '@rapport/contract';
import { createQueue, type OutboxItem, type Verdict } from './outbox-queue.ts';

interface Sent {
  id: string;
  answer: (verdict: Verdict) => Promise<void>;
}

function setUp() {
  let now = 1000;
  const sent: Sent[] = [];
  const kept = new Map<string, OutboxItem<string>>();
  const alarms: { at: number; run: () => void }[] = [];
  const queue = createQueue<string>({
    now: () => now,
    wait: (ms, run) => {
      const alarm = { at: now + ms, run };
      alarms.push(alarm);
      return () => alarms.splice(alarms.indexOf(alarm), 1);
    },
    keep: (item) => kept.set(item.id, item),
    forget: (id) => kept.delete(id),
    send: (item) => new Promise((resolve) => sent.push({ id: item.id, answer: async (verdict) => { resolve(verdict); await new Promise((go) => setImmediate(go)); } })),
  });
  const item = (id: string, rest: Partial<OutboxItem<string>> = {}): OutboxItem<string> => ({ id, agentId: 'me', deed: id, lane: 'case', createdAt: now, notBefore: 0, attempts: 0, state: 'waiting', ...rest });
  const pass = (ms: number) => {
    now += ms;
    for (const alarm of alarms.filter((one) => one.at <= now)) {
      alarms.splice(alarms.indexOf(alarm), 1);
      alarm.run();
    }
  };
  return { queue, sent, kept, item, pass, ids: () => sent.map((one) => one.id) };
}

const problem: Problem = { type: 'x', title: 'A newer message has arrived', status: 409, code: 'newer_message', requestId: '1' };

test('two deeds on one case are sent one after the other, on two cases at once', async () => {
  const { queue, sent, item, ids } = setUp();
  queue.add(item('first'));
  queue.add(item('second'));
  queue.add(item('elsewhere', { lane: 'other case' }));
  assert.deepEqual(ids(), ['first', 'elsewhere']);
  await sent[0]!.answer({ kind: 'done' });
  assert.deepEqual(ids(), ['first', 'elsewhere', 'second']);
});

test('what could not be sent is sent again later with the same key, and at once when the connection is back', async () => {
  const { queue, sent, kept, item, pass, ids } = setUp();
  queue.add(item('reply'));
  await sent[0]!.answer({ kind: 'again' });
  assert.deepEqual(ids(), ['reply']);
  pass(60_000);
  assert.deepEqual(ids(), ['reply', 'reply']);
  await sent[1]!.answer({ kind: 'again' });
  assert.equal(kept.get('reply')?.attempts, 2);
  queue.resume();
  assert.deepEqual(ids(), ['reply', 'reply', 'reply']);
  await sent[2]!.answer({ kind: 'done' });
  assert.equal(kept.size, 0);
});

test('a held reply waits its time, and can be taken back until it is on its way', async () => {
  const { queue, kept, item, pass, ids } = setUp();
  queue.add(item('held', { notBefore: 11_000 }));
  queue.add(item('after it'));
  assert.deepEqual(ids(), []);
  assert.equal(queue.takeBack('held')?.deed, 'held');
  assert.deepEqual(ids(), ['after it']);
  assert.equal(kept.has('held'), false);
  queue.add(item('held again', { lane: 'other', notBefore: 11_000 }));
  pass(10_500);
  assert.deepEqual(ids(), ['after it', 'held again']);
  assert.equal(queue.takeBack('held again'), undefined);
});

test('a reply the server stopped waits for the agent and holds up what was done after it', async () => {
  const { queue, sent, item, ids } = setUp();
  queue.add(item('reply'));
  queue.add(item('resolve'));
  await sent[0]!.answer({ kind: 'stop', problem });
  assert.equal(queue.items()[0]?.problem?.code, 'newer_message');
  assert.deepEqual(ids(), ['reply']);
  queue.takeBack('reply');
  assert.deepEqual(ids(), ['reply', 'resolve']);
});

test('after the session has ended nothing is sent until somebody signs in again', async () => {
  const { queue, sent, item, pass, ids } = setUp();
  queue.add(item('reply'));
  await sent[0]!.answer({ kind: 'pause' });
  queue.add(item('elsewhere', { lane: 'other' }));
  pass(600_000);
  assert.deepEqual(ids(), ['reply']);
  queue.resume();
  assert.deepEqual(ids(), ['reply', 'reply', 'elsewhere']);
});

test('the same item added twice is kept once', () => {
  const { queue, item, ids } = setUp();
  queue.add(item('reply'));
  queue.add(item('reply'));
  assert.deepEqual(ids(), ['reply']);
});
