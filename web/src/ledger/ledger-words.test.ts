import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deliveryStates, doors, outcomes } from '@rapport/contract';
import { needsAttention, outcomeLook, outcomeOrder, stateLook, stateOrder } from './ledger-words.ts';

const messages = JSON.parse(readFileSync(new URL('../i18n/messages/pages/ledger.en.json', import.meta.url), 'utf8')) as Record<string, string>;

test('the balance shows every outcome and every delivery state exactly once, or it would not add up', () => {
  assert.deepEqual([...outcomeOrder].sort(), [...outcomes].sort());
  assert.deepEqual([...stateOrder].sort(), [...deliveryStates].sort());
});

test('every outcome, delivery state and door has words and, where it is drawn, a look of its own', () => {
  for (const outcome of outcomes) for (const kind of ['outcome', 'part', 'about']) assert.ok(messages[`ledger.${kind}.${outcome}`], `${kind} ${outcome}`);
  for (const state of deliveryStates) for (const kind of ['state', 'about']) assert.ok(messages[`ledger.${kind}.${state}`], `${kind} ${state}`);
  for (const door of doors) assert.ok(messages[`ledger.door.${door}`], door);
  assert.equal(new Set(outcomes.map((outcome) => outcomeLook[outcome].icon)).size, outcomes.length);
  assert.equal(new Set(deliveryStates.map((state) => stateLook[state].icon)).size, deliveryStates.length);
});

test('what was set aside, came back, was given up or may not have arrived stands out, and nothing else does', () => {
  const row = { outcome: null, state: null } as unknown as Parameters<typeof needsAttention>[0];
  assert.deepEqual(outcomes.filter((outcome) => needsAttention({ ...row, outcome })), ['set_aside']);
  assert.deepEqual(deliveryStates.filter((state) => needsAttention({ ...row, state })).sort(), ['bounced', 'failed', 'unknown']);
});
