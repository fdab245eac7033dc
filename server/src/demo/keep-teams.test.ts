import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { macroContent, viewContent } from '@rapport/contract';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { createTeam } from '../accounts/index.ts';
import { removeParts } from './remove-parts.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

test('what people wrote for a team of the demo stays with it when the demo goes, and the team is named', async () => {
  const { client } = admin;
  const demoTeam = (name: string) => house.asSystem((ctx) => createTeam(ctx, { name, memberIds: [house.adminId], isDemo: true }));
  const [replies, views, inboxes, empty] = [await demoTeam('Replies'), await demoTeam('Views'), await demoTeam('Inboxes'), await demoTeam('Empty')];
  const folder = await client.macros.createFolder({ body: { name: 'Ours', audience: 'team', teamId: replies.id } });
  const macro = await client.macros.create({ body: { folderId: folder.id, name: 'Thank you', content: macroContent.parse({ texts: [{ html: '<p>Thank you!</p>' }] }) } });
  const view = await client.views.create({ body: { name: 'Waiting', audience: 'team', teamId: views.id, content: viewContent.parse({ filter: { shelves: ['open'] } }) } });
  const inbox = await client.inboxes.create({ body: { channel: 'email', name: 'Real', teamId: inboxes.id, settings: { address: 'real@company.test', outbound: { kind: 'mailbox' } } } });

  assert.deepEqual(await removeParts(house.platform, house.accountId), ['Inboxes', 'Replies', 'Views']);
  const teams = (await client.accounts.listTeams()).items.map((team) => team.id);
  assert.deepEqual([replies, views, inboxes, empty].map((team) => teams.includes(team.id)), [true, true, true, false]);
  assert.equal((await client.macros.get({ params: { macroId: macro.id } })).name, 'Thank you');
  assert.ok((await client.views.list()).items.some((one) => one.id === view.id));
  assert.equal((await client.inboxes.list()).items.find((one) => one.id === inbox.id)?.teamId, inboxes.id);
  assert.deepEqual(await removeParts(house.platform, house.accountId), [], 'they are no demo any more');
});
