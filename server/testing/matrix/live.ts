import { openLive } from '../live-client.ts';
import type { World } from './world.ts';

/** Something happens on every case while everybody listens. Answers what was heard that should not have been, and what was not, in words. */
export async function listenLive(world: World): Promise<string[]> {
  const { bea } = world.company;
  const complaints: string[] = [];
  const sockets = await Promise.all([bea, ...world.people].map(({ cookie }) => openLive(world.house.url, { cookie: cookie() })));
  const [ofBea, ...theirs] = sockets;
  for (const live of sockets) await live.next('hello');
  const cases = Object.values(world.cases).filter(({ name }) => !/merged|gone/.test(name));
  const isAside = (name: string) => /spam|deleted/.test(name);
  for (const one of cases) {
    // Everybody looks at it, as far as they may; then somebody writes.
    for (const live of theirs) live.say({ type: 'presence', caseId: one.caseId, state: 'viewing' });
    ofBea?.say({ type: 'presence', caseId: one.caseId, state: 'typing' });
    const params = { caseId: one.caseId };
    if (isAside(one.name)) await bea.client.following.follow({ params });
    else await bea.client.cases.addNote({ params, body: { text: `Heard: ${one.word}` } });
  }
  // The last thing that everybody hears of: then all before it has been handed on.
  const lastWord = await bea.client.accounts.createTeam({ body: { name: 'The last word' } });
  for (const [i, person] of world.people.entries()) {
    const live = theirs[i];
    await live?.next('event', ({ topic, payload }) => topic === 'people.changed' && payload['teamId'] === lastWord.id);
    const told = JSON.stringify(live?.heard);
    complaints.push(...world.secrets.leaksIn(told, person, '').map((leak) => `${person.role} hears ${leak}`));
    for (const one of cases) if (one.mayReach(person) && !told.includes(one.caseId)) complaints.push(`${person.role} does not hear of ${one.what}`);
  }
  await Promise.all(sockets.map((live) => live.close()));
  return complaints;
}
