import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asUsual, reconcile, type LocalDraft, type ServerDraft } from './draft-state.ts';

const content = { ...asUsual, to: [], cc: [], attachments: [] };
const local = (rest: Partial<LocalDraft>): LocalDraft => ({ ...content, text: 'Dear Giulia', revision: 3, isDirty: true, changedAt: 0, ...rest });
const server = (rest: Partial<ServerDraft>): ServerDraft => ({ ...content, text: 'Dear Giulia', revision: 3, updatedAt: '2026-01-01T00:00:00Z', ...rest });

test('what was written offline goes on when nobody else wrote', () => {
  assert.equal(reconcile(local({ text: 'Dear Giulia, thank you' }), server({})), 'local');
  assert.equal(reconcile(local({ revision: 0 }), undefined), 'local');
});

test('what another device wrote is taken when this one has nothing new', () => {
  assert.equal(reconcile(undefined, server({})), 'server');
  assert.equal(reconcile(local({ isDirty: false }), server({ revision: 5, text: 'Dear Ms Wei' })), 'server');
  assert.equal(reconcile(local({ text: '  ' }), server({ revision: 5 })), 'server');
});

test('a draft that was sent or emptied elsewhere goes away here too', () => {
  assert.equal(reconcile(local({ isDirty: false }), undefined), 'server');
});

test('an answer older than the last save changes nothing', () => {
  assert.equal(reconcile(local({ isDirty: false, revision: 4, text: 'newer' }), server({ revision: 3 })), 'local');
});

test('when both wrote, the person is asked; equal texts need no question', () => {
  assert.equal(reconcile(local({ text: 'mine' }), server({ revision: 4, text: 'theirs' })), 'ask');
  assert.equal(reconcile(local({}), server({ revision: 4 })), 'server');
});
