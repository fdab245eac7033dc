import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const skillsOf = (agentId: string) => admin.client.workforce.getAgentSkills({ params: { agentId } });

test('a skill is added, renamed, removed, and put back with whoever had it', async () => {
  const { workforce, accounts } = admin.client;
  const anna = await house.signedInClient('agent');
  const french = await workforce.createSkill({ body: { name: 'Frensh' } });
  await workforce.renameSkill({ params: { skillId: french.id }, body: { name: 'French' } });
  await workforce.setAgentSkills({ params: { agentId: anna.agentId }, body: { skills: [{ skillId: french.id, level: 4 }], capacity: null } });
  const { wayBack } = await workforce.removeSkill({ params: { skillId: french.id } });
  assert.deepEqual((await skillsOf(anna.agentId)).skills, []);
  await refused(workforce.renameSkill({ params: { skillId: french.id }, body: { name: 'Late' } }), 'not_found');
  assert.deepEqual(await workforce.restoreSkill({ body: { wayBack: wayBack ?? '' } }), { id: french.id, name: 'French' });
  assert.deepEqual((await skillsOf(anna.agentId)).skills, [{ skillId: french.id, level: 4 }]);
  await refused(workforce.restoreSkill({ body: { wayBack: wayBack ?? '' } }), 'undone_already');
  const deeds = (await accounts.listAudit({ query: { limit: 5 } })).items.map(({ action, target }) => `${action} ${target}`);
  assert.deepEqual(deeds, ['skill.restored French', 'skill.removed French', 'agent.skills_changed null', 'skill.changed French', 'skill.created Frensh']);
});

test('two skills do not have one name', async () => {
  const { workforce } = admin.client;
  const [, other] = [await workforce.createSkill({ body: { name: 'Billing' } }), await workforce.createSkill({ body: { name: 'Refunds' } })];
  await refused(workforce.createSkill({ body: { name: 'billing' } }), 'name_taken');
  await refused(workforce.renameSkill({ params: { skillId: other.id }, body: { name: 'BILLING' } }), 'name_taken');
});

test('an agent has levels from one to five and a capacity of their own, or the company’s', async () => {
  const { workforce } = admin.client;
  const anna = await house.signedInClient('agent');
  const { id: skillId } = await workforce.createSkill({ body: { name: 'Arabic' } });
  const set = (level: number, capacity: { chats: number; mails: number } | null, more: { skillId: string; level: number }[] = []) => workforce.setAgentSkills({ params: { agentId: anna.agentId }, body: { skills: [{ skillId, level }, ...more], capacity } });
  assert.deepEqual(await set(5, { chats: 1, mails: 4 }), { skills: [{ skillId, level: 5 }], capacity: { chats: 1, mails: 4 } });
  await refused(set(6, null), 'invalid_request');
  await refused(set(1, null, [{ skillId, level: 2 }]), 'invalid_request');
  await refused(set(1, null, [{ skillId: anna.agentId, level: 2 }]), 'not_found');
  assert.deepEqual(await skillsOf(anna.agentId), { skills: [{ skillId, level: 5 }], capacity: { chats: 1, mails: 4 } }, 'a refusal changes nothing');
  assert.deepEqual(await set(2, null), { skills: [{ skillId, level: 2 }], capacity: null });
});

test('agents read skills, and only who manages people changes them', async () => {
  const anna = await house.signedInClient('agent');
  assert.ok((await anna.client.workforce.listSkills()).items.length > 0);
  await refused(anna.client.workforce.createSkill({ body: { name: 'Mine' } }), 'not_allowed');
  await refused(anna.client.workforce.setAgentSkills({ params: { agentId: anna.agentId }, body: { skills: [], capacity: null } }), 'not_allowed');
});
