// Everybody of a company at every door that opens for them: what comes out, and what changes, is held against what their role may see.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openTestHouse, type TestHouse } from '../test-house.ts';
import { listenLive } from './live.ts';
import { isTriedBy, readEverything } from './reads.ts';
import { openWorld, type World } from './world.ts';
import { changeTheUnreachable, nameTheUnreachable } from './writes.ts';

describe('what people find behind the doors of the house', { timeout: 300_000 }, () => {
  let house: TestHouse;
  let world: World;
  before(async () => {
    house = await openTestHouse({ env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
    world = await openWorld(house);
  });
  after(() => house.close());

  test('a case is there, and found by its words, for exactly those whose scope it lies in', async () => {
    for (const person of world.people)
      for (const { name, what, caseId, number, word, mayReach } of Object.values(world.cases).filter((one) => isTriedBy(person, { of: one.name }))) {
        const { client } = person;
        const found = await Promise.allSettled([client.cases.get({ params: { caseId } }), client.cases.findByNumber({ params: { number } })]);
        const isThere = name !== 'gone' && mayReach(person);
        assert.deepEqual(found.map(({ status }) => status === 'fulfilled'), [isThere, isThere], `${person.role}: ${what}`);
        if (/deleted|spam|merged|gone/.test(name)) continue;
        const { items } = await client.cases.search({ query: { q: word } });
        assert.equal(items.some((item) => item.case.id === caseId), isThere, `${person.role} searches for ${what}`);
      }
  });

  test('nobody reads what their role does not show: at no door, by no question, in no file, in no other company', async () => {
    assert.deepEqual(await readEverything(world), []);
  });

  test('nobody changes what is out of their reach: every door is shut, and nothing is other than before', async () => {
    assert.deepEqual(await changeTheUnreachable(world), []);
  });

  test('nor does it help to name what is out of reach at a door that is open', async () => {
    assert.deepEqual(await nameTheUnreachable(world), []);
  });

  test('over the live socket everybody hears of the cases in sight, and of no other', async () => {
    assert.deepEqual(await listenLive(world), []);
  });
});
