import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailWords } from './audit-words.ts';

test('what was written down beside a deed is shown flat, and what says nothing is left out', () => {
  assert.deepEqual(detailWords({ role: 'Agent', teamIds: ['a', 'b'], apiKeyId: null, reason: '', memberIds: [], before: { name: 'Old' }, sessionsEnded: 0, isOn: false }), [
    ['role', 'Agent'], ['teamIds', 'a, b'], ['before', '{"name":"Old"}'], ['sessionsEnded', '0'], ['isOn', 'false'],
  ]);
});
