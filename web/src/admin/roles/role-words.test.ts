import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { builtInRoles, caseScopes, permissionNames, type Session } from '@rapport/contract';
import { canGive, permissionGroups } from './role-words.ts';

const folder = new URL('../../i18n/messages/', import.meta.url);
const messages = Object.assign({}, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.en.json')).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))) as Record<string, string>;

test('every right there is can be given and is explained, in one place of the list', () => {
  assert.deepEqual(permissionGroups.flatMap((group) => group.permissions).sort(), [...permissionNames].sort());
  for (const permission of permissionNames) assert.ok(messages[`permission.${permission}`], permission);
});

test('every role that comes with Rapport and every scope is explained in plain words', () => {
  for (const key of Object.keys(builtInRoles)) assert.ok(messages[`role.${key}`] && messages[`role.${key}.summary`], key);
  for (const scope of caseScopes) assert.ok(messages[`scope.${scope}`] && messages[`scope.${scope}.sentence`], scope);
});

test('nobody is offered a role that can do or see more than they can', () => {
  const as = (key: keyof typeof builtInRoles) => builtInRoles[key] as unknown as Session;
  const roles = Object.entries(builtInRoles).map(([key, role]) => ({ key, permissions: [...role.permissions], caseScope: role.caseScope }));
  assert.deepEqual(roles.filter((role) => canGive(as('admin'), role)).map((role) => role.key), ['agent', 'specialist', 'lead', 'supervisor', 'admin']);
  assert.deepEqual(roles.filter((role) => canGive(as('supervisor'), role)).map((role) => role.key), ['agent', 'specialist', 'lead', 'supervisor']);
  assert.equal(canGive({ ...as('supervisor'), caseScope: 'team' }, { permissions: ['case.read'], caseScope: 'all' }), false);
});
