import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { detailWords } from './audit-details.ts';
import { sentences } from './audit-words.ts';

const SERVER = join(import.meta.dirname, '../../../../server/src');
/** What the server writes down, read from its sources: in a file that writes to the log, whatever is spelled as an action and stands with the call, or is handed to it by a name. */
function writtenActions(): Set<string> {
  const found = new Set<string>();
  for (const name of readdirSync(SERVER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const source = readFileSync(join(SERVER, name), 'utf8');
    for (const [, action] of source.matchAll(/recordAudit\([^';]{0,160}?'([a-z_]+\.[a-z_]+)'/g)) if (action) found.add(action);
    // Where the action comes from elsewhere in the file, it is one of these nouns with a past deed.
    if (/recordAudit\(ctx, (?!')/.test(source)) for (const [, action] of source.matchAll(/'((?:agent|second_factor|webhook|inbox|customer|case|role|team|retention)\.[a-z]+(?:_[a-z]+)*)'/g)) if (action) found.add(action);
  }
  return found;
}
// Rights and events are spelled alike.
const notActions = new Set(['agent.manage', 'agent.read', 'agent.left', 'agent.returned', 'case.read']);

test('everything the server writes into the audit log is told in a sentence', () => {
  const written = [...writtenActions()].filter((action) => !notActions.has(action));
  assert.ok(written.length > 40, 'the sources were found');
  assert.deepEqual(written.filter((action) => !(action in sentences)), []);
});

/** No catalogue is loaded here: a message is shown by its id. */
const byId = ((id: string, values?: object) => (values ? `${id} ${Object.values(values).join(' ')}` : id)) as Parameters<typeof detailWords>[1];

/** The names under which the server writes down more, where they stand with the call. */
function writtenDetails(): Set<string> {
  const found = new Set<string>();
  for (const name of readdirSync(SERVER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    for (const [, inside] of readFileSync(join(SERVER, name), 'utf8').matchAll(/recordAudit\([^;]*?detail: \{([^{}]*)\}/g)) {
      for (const [, key] of (inside ?? '').matchAll(/(?:^|,)\s*(\w+)\s*(?=[,:]|$)/g)) if (key) found.add(key);
    }
  }
  return found;
}

test('what the server writes down beside a deed has a name in every language', () => {
  const written = [...writtenDetails()];
  assert.ok(written.length > 30, 'the sources were found');
  assert.deepEqual(written.filter((name) => detailWords({ [name]: 'x' }, byId)[0]?.[0] === name), []);
});

test('what was written down beside a deed is shown flat, and what says nothing is left out', () => {
  assert.deepEqual(detailWords({ role: 'Agent', teamIds: ['a', 'b'], apiKeyId: null, reason: '', memberIds: [], before: { name: 'Old' }, sessionsEnded: 0, isOn: false, unheardOf: 1 }, byId), [
    ['audit.detail.role', 'Agent'], ['audit.detail.teamIds', 'a, b'], ['audit.detail.before: audit.detail.name', 'Old'], ['audit.detail.sessionsEnded', '0'], ['audit.detail.isOn', 'field.no'], ['unheardOf', '1'],
  ]);
  assert.deepEqual(detailWords({ reason: 'gone', permissions: ['case.read'], caseScope: 'own', host: 'gone', inboxes: ['Help: keep', 'Shop: words after 30 days'] }, byId).map(([, words]) => words), ['audit.value.reason.gone', 'permission.case.read', 'scope.own', 'gone', 'Help: retention.action.keep, Shop: retention.rule retention.action.words retention.days 30']);
});
