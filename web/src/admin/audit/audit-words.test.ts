import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { detailWords, sentences } from './audit-words.ts';

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
const notActions = new Set(['agent.manage', 'agent.read', 'case.read']);

test('everything the server writes into the audit log is told in a sentence', () => {
  const written = [...writtenActions()].filter((action) => !notActions.has(action));
  assert.ok(written.length > 40, 'the sources were found');
  assert.deepEqual(written.filter((action) => !(action in sentences)), []);
});

test('what was written down beside a deed is shown flat, and what says nothing is left out', () => {
  assert.deepEqual(detailWords({ role: 'Agent', teamIds: ['a', 'b'], apiKeyId: null, reason: '', memberIds: [], before: { name: 'Old' }, sessionsEnded: 0, isOn: false }), [
    ['role', 'Agent'], ['teamIds', 'a, b'], ['before', '{"name":"Old"}'], ['sessionsEnded', '0'], ['isOn', 'false'],
  ]);
});
