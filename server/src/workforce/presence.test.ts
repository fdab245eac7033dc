import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openLive } from '../../testing/live-client.ts';
import { refused } from '../../testing/refused.ts';
import { setClock } from '../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { settlePresence } from './settle.ts';

const clock = setClock();
let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse({ clock });
  admin = await house.admin();
});
after(() => house.close());

const MINUTE = 60_000;
const settle = () => settlePresence(house.platform);
const be = (who: SignedIn, state: 'offline' | 'away' | 'available' | 'wrap_up', more: { reason?: string; seconds?: number } = {}) => who.client.workforce.setOwnPresence({ body: { state, ...more } });
const own = async (who: SignedIn) => (await who.client.workforce.getOwnPresence()).state;
const history = async (who: SignedIn) => (await admin.client.workforce.listPresenceChanges({ params: { agentId: who.agentId } })).items.map(({ state, cause }) => `${state}: ${cause}`);
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never came true: ${what}`);
}

test('nobody is there until they say so, and what they say is written down', async () => {
  const anna = await house.signedInClient('agent');
  assert.deepEqual(await anna.client.workforce.getOwnPresence(), { agentId: anna.agentId, state: 'offline', reason: null, since: null, until: null, cause: null, byName: null });
  const there = await be(anna, 'available');
  assert.equal(there.since, clock.now().toISOString());
  clock.forward(MINUTE);
  assert.equal((await be(anna, 'available')).since, there.since, 'said again it is no change');
  assert.deepEqual(await history(anna), ['available: chosen']);
  const all = (await anna.client.workforce.listPresence()).items;
  assert.deepEqual(all.find(({ agentId }) => agentId === anna.agentId)?.state, 'available');
});

test('whoever is away says why, by the reasons the company keeps', async () => {
  const anna = await house.signedInClient('agent');
  assert.equal((await be(anna, 'away')).reason, null);
  const { version } = await admin.client.workforce.getSettings();
  const settings = { capacity: { chats: 2, mails: 8 }, awayReasons: ['Lunch', 'Training'], version };
  const saved = await admin.client.workforce.saveSettings({ body: settings });
  assert.deepEqual(saved, { ...settings, version: version + 1 });
  await refused(admin.client.workforce.saveSettings({ body: settings }), 'changed_meanwhile');
  await refused(be(anna, 'away'), 'invalid_request');
  await refused(be(anna, 'away', { reason: 'Tired' }), 'invalid_request');
  await refused(be(anna, 'available', { reason: 'Lunch' }), 'invalid_request');
  assert.equal((await be(anna, 'away', { reason: 'Lunch' })).reason, 'Lunch');
  await refused(anna.client.workforce.saveSettings({ body: { ...settings, version: version + 1 } }), 'not_allowed');
});

test('a wrap-up ends by itself at its time, and can be made longer, up to an hour from now', async () => {
  const anna = await house.signedInClient('agent');
  await refused(be(anna, 'wrap_up'), 'invalid_request');
  const begun = clock.now().getTime();
  await be(anna, 'wrap_up', { seconds: 30 });
  assert.equal((await be(anna, 'wrap_up', { seconds: 20 })).until, new Date(begun + 50_000).toISOString());
  clock.forward(49_000);
  await settle();
  assert.equal(await own(anna), 'wrap_up');
  clock.forward(3_000);
  await Promise.all([settle(), settle()]);
  const now = await anna.client.workforce.getOwnPresence();
  assert.deepEqual([now.state, now.since, now.until], ['available', new Date(begun + 50_000).toISOString(), null], 'free from the end of the wrap-up on');
  assert.deepEqual(await history(anna), ['available: wrap_up_over', 'wrap_up: chosen', 'wrap_up: chosen'], 'once, however many processes look');
  await be(anna, 'wrap_up', { seconds: 3600 });
  assert.equal((await be(anna, 'wrap_up', { seconds: 3600 })).until, new Date(clock.now().getTime() + 60 * MINUTE).toISOString());
});

test('a closed laptop does not stay available', async () => {
  const [anna, bela] = [await house.signedInClient('agent'), await house.signedInClient('agent')];
  await Promise.all([be(anna, 'available'), be(bela, 'available')]);
  clock.forward(MINUTE);
  const browser = await openLive(house.url, { cookie: anna.cookie() });
  await browser.next('hello');
  await until('the browser was heard of', async () => (await house.asSystem((ctx) => ctx.tx.run('select 1 from presence where agent_id = $1 and heard_at = $2', [anna.agentId, clock.now()]))).length === 1);
  clock.forward(MINUTE);
  await settle();
  assert.deepEqual([await own(anna), await own(bela)], ['available', 'offline'], 'her browser was heard of a minute ago, nothing of his for two');
  assert.deepEqual(await history(bela), ['offline: connection_lost', 'available: chosen']);
  browser.socket.terminate();
  clock.forward(2 * MINUTE);
  await settle();
  assert.equal(await own(anna), 'offline');
  const back = await openLive(house.url, { cookie: anna.cookie() });
  await back.next('hello');
  assert.equal(await own(anna), 'offline', 'an open browser alone makes nobody available');
  back.socket.terminate();
});

test('whoever is disabled is gone, and cannot be set to be there', async () => {
  const anna = await house.signedInClient('agent');
  await be(anna, 'available');
  await admin.client.accounts.updateAgent({ params: { agentId: anna.agentId }, body: { isDisabled: true } });
  await until('the history says so', async () => (await history(anna))[0] === 'offline: disabled');
  assert.ok(!(await admin.client.workforce.listPresence()).items.some(({ agentId }) => agentId === anna.agentId));
  await refused(admin.client.workforce.setPresence({ params: { agentId: anna.agentId }, body: { state: 'available' } }), 'not_found');
});

test('a lead sends home who forgot to leave, and the history says who did; agents do so for themselves only', async () => {
  const [anna, lead] = [await house.signedInClient('agent'), await house.signedInClient('lead', { name: 'Lena Lead' })];
  await be(anna, 'available');
  await refused(anna.client.workforce.setPresence({ params: { agentId: lead.agentId }, body: { state: 'offline' } }), 'not_allowed');
  await refused(anna.client.workforce.listPresenceChanges({ params: { agentId: anna.agentId } }), 'not_allowed');
  await lead.client.workforce.setPresence({ params: { agentId: anna.agentId }, body: { state: 'offline' } });
  const first = await lead.client.workforce.listPresenceChanges({ params: { agentId: anna.agentId }, query: { limit: 1 } });
  assert.deepEqual(first.items.map(({ state, byName }) => [state, byName]), [['offline', 'Lena Lead']]);
  const rest = await lead.client.workforce.listPresenceChanges({ params: { agentId: anna.agentId }, query: { limit: 1, cursor: first.nextCursor ?? '' } });
  assert.deepEqual([rest.items.map(({ state }) => state), rest.nextCursor], [['available'], null]);
});

test('the history is only ever added to', async () => {
  const anna = await house.signedInClient('agent');
  await be(anna, 'available');
  for (const sql of ['update presence_change set at = now()', 'delete from presence_change']) await assert.rejects(house.asSystem((ctx) => ctx.tx.run(`${sql} where account_id = $1`, [ctx.accountId])), /permission denied/);
});

test('another company sees nothing of it', async () => {
  const other = await house.anotherAccount();
  const stranger = await other.admin();
  const anna = await house.signedInClient('agent');
  await be(anna, 'available');
  assert.ok(!(await stranger.client.workforce.listPresence()).items.some(({ agentId }) => agentId === anna.agentId));
  await refused(stranger.client.workforce.listPresenceChanges({ params: { agentId: anna.agentId } }), 'not_found');
  await refused(stranger.client.workforce.setPresence({ params: { agentId: anna.agentId }, body: { state: 'offline' } }), 'not_found');
});
