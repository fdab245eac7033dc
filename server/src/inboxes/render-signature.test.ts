import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combineSignatures, renderSignature } from './render-signature.ts';

const values = { 'agent.name': 'Ada <A> Lovelace', 'agent.firstName': 'Ada', 'agent.email': 'ada@desk.test', 'agent.signature': '', 'team.name': '', 'inbox.name': 'Support', 'inbox.address': 'help@desk.test', 'company.name': 'Lamps & Co' };

test('variables are filled in, and a line that has nothing but empty ones goes with them', () => {
  const { text, html } = renderSignature({ text: '{{agent.name}}\n{{ team.name }} ·\n{{team.name}} of {{company.name}}\n{{what.is}}', html: null }, values);
  assert.equal(text, 'Ada <A> Lovelace\n of Lamps & Co\n{{what.is}}', 'an unknown one stays, so that the mistake is seen');
  assert.match(html, /Ada &lt;A&gt; Lovelace/);
});

test('the agent’s signature stands where the inbox asks for it, alone where the inbox has none, and nowhere else', () => {
  const own = { text: 'Mondays only', html: '<b>Mondays</b> only' };
  assert.deepEqual(combineSignatures({ text: 'Support', html: null }, own, values)?.text, 'Support');
  const both = combineSignatures({ text: '{{agent.firstName}}\n{{agent.signature}}', html: '<i>{{agent.name}}</i>{{agent.signature}}' }, own, values);
  assert.deepEqual(both, { text: 'Ada\nMondays only', html: '<i>Ada &lt;A&gt; Lovelace</i><b>Mondays</b> only' });
  assert.equal(combineSignatures(undefined, own, values)?.text, 'Mondays only');
  assert.equal(combineSignatures(undefined, undefined, values), undefined);
  assert.equal(combineSignatures({ text: '{{team.name}}', html: null }, undefined, values), undefined, 'nothing is left of it, so there is no separator either');
});

test('whatever a name holds, it brings no markup into the mail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
    const { html } = renderSignature({ text: '{{agent.name}}', html: '<p>{{agent.name}}</p>' }, { ...values, 'agent.name': name });
    assert.doesNotMatch(html.slice(3, -4), /[<>"']/);
  }));
});
