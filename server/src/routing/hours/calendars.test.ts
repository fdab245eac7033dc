import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OpenHours } from '@rapport/contract';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const workday = [{ from: '09:00', until: '18:00' }];
const hours: OpenHours = { timeZone: 'Europe/Berlin', week: [workday, workday, workday, workday, workday, [], []], specialDays: [{ name: 'New Year', day: '2026-01-01', isYearly: true, spans: [] }], lastDay: null };

test('a calendar is written, changed, removed, and put back as it was', async () => {
  const { calendars, accounts } = admin.client;
  const made = await calendars.create({ body: { name: 'Office', hours } });
  const changed = await calendars.update({ params: { calendarId: made.id }, body: { name: 'Head office', hours: { ...hours, lastDay: '2027-12-31' }, version: 1 } });
  assert.deepEqual([changed.name, changed.hours.lastDay, changed.version], ['Head office', '2027-12-31', 2]);
  await refused(calendars.update({ params: { calendarId: made.id }, body: { name: 'Late', hours, version: 1 } }), 'changed_meanwhile');
  const { wayBack } = await calendars.remove({ params: { calendarId: made.id } });
  assert.deepEqual((await calendars.list()).items, []);
  await refused(calendars.update({ params: { calendarId: made.id }, body: { name: 'Late', hours, version: 2 } }), 'not_found');
  const back = await calendars.restore({ body: { wayBack: wayBack ?? '' } });
  assert.deepEqual({ ...back, updatedAt: '' }, { ...changed, updatedAt: '' });
  await refused(calendars.restore({ body: { wayBack: wayBack ?? '' } }), 'undone_already');
  const deeds = (await accounts.listAudit({ query: { limit: 4 } })).items.map(({ action, target }) => `${action} ${target}`);
  assert.deepEqual(deeds, ['calendar.restored Head office', 'calendar.removed Head office', 'calendar.changed Head office', 'calendar.created Office']);
});

test('two calendars do not have one name', async () => {
  await admin.client.calendars.create({ body: { name: 'Night', hours } });
  await refused(admin.client.calendars.create({ body: { name: 'night', hours } }), 'name_taken');
});

test('special days that contradict each other are refused, and so are spans that never end', async () => {
  const holiday = { name: 'Twice', day: '2026-05-01', isYearly: false, spans: [] };
  await refused(admin.client.calendars.create({ body: { name: 'Unclear', hours: { ...hours, specialDays: [holiday, holiday] } } }), 'invalid_request');
  await refused(admin.client.calendars.create({ body: { name: 'Endless', hours: { ...hours, week: [[{ from: '09:00', until: '09:00' }], [], [], [], [], [], []] } } }), 'invalid_request');
  await refused(admin.client.calendars.create({ body: { name: 'Nowhere', hours: { ...hours, timeZone: 'Middle/Earth' } } }), 'invalid_request');
});

test('what hours would mean is said before they are saved', async () => {
  const preview = (at: string, minutes: number) => admin.client.calendars.preview({ body: { hours, at, minutes } });
  assert.deepEqual(await preview('2026-03-06T16:50:00Z', 30), { isOpen: true, nextOpening: '2026-03-06T16:50:00.000Z', dueAt: '2026-03-09T08:20:00.000Z' });
  assert.deepEqual(await preview('2026-03-07T12:00:00Z', 30), { isOpen: false, nextOpening: '2026-03-09T08:00:00.000Z', dueAt: '2026-03-09T08:30:00.000Z' });
});

test('agents read the hours, and only who manages the company changes them', async () => {
  const agent = await house.signedInClient('agent');
  assert.ok((await agent.client.calendars.list()).items.length > 0);
  await refused(agent.client.calendars.create({ body: { name: 'Mine', hours } }), 'not_allowed');
});

test('a calendar by which a queue opens stays, so that no line is open all night by accident', async () => {
  const { calendars, queues } = admin.client;
  const { id: calendarId } = await calendars.create({ body: { name: 'Phones', hours } });
  const queue = await queues.create({ body: { name: 'Calls', channels: ['chat'], calendarId } });
  await refused(calendars.remove({ params: { calendarId } }), 'still_in_use');
  assert.equal((await queues.list()).items.find(({ id }) => id === queue.id)?.calendarId, calendarId);
  await queues.remove({ params: { queueId: queue.id } });
  await calendars.remove({ params: { calendarId } });
});
