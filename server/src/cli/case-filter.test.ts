import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseFilter } from '@rapport/contract';
import { newId } from '../platform/ids.ts';
import { FILTER_HELP, readFilterWords, type FilterNames } from './case-filter.ts';

const [anna, billing, support, plan, seats, price, tier, place] = Array.from({ length: 8 }, newId) as [string, string, string, string, string, string, string, string];
const gold = newId();
const names: FilterNames = {
  agentId: async (email) => (email === 'anna@desk.test' ? anna : Promise.reject(new Error(`There is no agent with the address ${email}.`))),
  teams: async () => [{ id: billing, name: 'Billing' }], inboxes: async () => [{ id: support, name: 'Support' }],
  fields: async () => [{ id: plan, name: 'Plan', type: 'choice', options: [{ id: gold, label: 'Gold', isRetired: false }], currency: null }, { id: seats, name: 'Seats', type: 'number', options: [], currency: null }, { id: price, name: 'Price', type: 'money', options: [], currency: 'EUR' }],
  customerFields: async () => [{ id: tier, name: 'Tier', type: 'text', options: [], currency: null, subject: 'customer' }, { id: place, name: 'Tier', type: 'text', options: [], currency: null, subject: 'organization' }],
};
const read = (...expressions: string[]) => readFilterWords(expressions, names);

test('filters are typed as words, and mean what the API takes', async () => {
  for (const [expressions, filter] of [
    [['shelves=open, pending', 'kinds!=complaint', 'unread'], { shelves: ['open', 'pending'], not: { kinds: ['complaint'] }, unread: true }],
    [['assignees=me,anna@desk.test', 'teams=billing', 'inboxes!=Support', 'followers=anna@desk.test'], { assignees: ['me', anna], teams: [billing], not: { inboxes: [support] }, followers: [anna] }],
    [['fields=Plan:Gold', 'fields=Seats:12', 'fields!=Plan:gold', 'fieldRanges=Seats:3..', 'fieldRanges=Price:1.50..20'], { fields: [{ fieldId: plan, value: gold }, { fieldId: seats, value: 12 }], not: { fields: [{ fieldId: plan, value: gold }] }, fieldRanges: [{ fieldId: seats, from: 3 }, { fieldId: price, from: 150, to: 2000 }] }],
    [['customerFields=Tier:a', 'organizationFields=Tier:b=c'], { customerFields: [{ fieldId: tier, value: 'a' }], organizationFields: [{ fieldId: place, value: 'b=c' }] }],
    [['created=7d', 'promise=3d', 'updated=2026-03-01T08:00:00Z..', 'messages=..5', 'waitingHours=24', 'subjectHas=a = b'], { created: { lastDays: 7 }, promise: { nextDays: 3 }, updated: { from: '2026-03-01T08:00:00.000Z' }, messages: { most: 5 }, waitingHours: 24, subjectHas: 'a = b' }],
  ] as const) assert.deepEqual(JSON.parse(JSON.stringify(await read(...expressions))), filter, expressions.join(' '));
  const day = await read('resolved=2026-03-02');
  assert.deepEqual(day.resolved, { from: new Date(2026, 2, 2).toISOString(), to: new Date(2026, 2, 3).toISOString() }, 'a day is the whole day');
});

test('what cannot be a filter is said in one line', async () => {
  for (const [filter, why] of [
    ['moods=good', /What can be asked for is shelves, kinds/], ['unread!=true', /What can be left out is shelves/], ['constructor=1', /What can be asked for/], ['priorities=loud', /priorities/], ['created=soon', /no day/], ['fields=Plan:Tin', /choose one of: Gold/], ['fields=Nothing:1', /one of: Plan, Seats/],
    ['assignees=ben@desk.test', /no agent with the address/], ['unread=maybe', /unread/], ['waitingHours=long', /waitingHours/],
  ] as const) await assert.rejects(read(filter), (error: Error) => why.test(error.message) && !error.message.includes('\n'), filter);
});

test('the help names every part of a filter', () => {
  for (const part of [...Object.keys(caseFilter.shape), ...Object.keys(caseFilter.shape.not.unwrap().shape)]) if (part !== 'not') assert.match(FILTER_HELP, new RegExp(`\\b${part}\\b`));
});
