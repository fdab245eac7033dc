import type { Thing } from './company.ts';
import { doors, isPermission, knock, paramsOf, type Door } from './knock.ts';
import type { Person } from './people.ts';
import { questionsAt } from './questions.ts';
import type { World } from './world.ts';

/** Doors that tell more than the scope of the role shows, on purpose, and why. */
const tellsAll: Readonly<Record<string, string>> = {
  'mailbox.listMails': 'The built-in mailbox is what customers of a trial see; whoever manages the account plays them.',
  'mailbox.listAddresses': 'As above.',
};
/** Doors that name cases out of scope by their ids, in no word. */
const tellsIds: Readonly<Record<string, string>> = {
  'accounts.listAudit': 'The audit log is one for the whole company.',
  'bulk.listItems': 'Whoever chose cases by their ids is told what became of each, and of those out of scope that they were refused.',
  'webhooks.getDelivery': 'What an endpoint was told names cases by id; their words are read when it is sent, for whom it acts.',
};
/** Doors that answer with an empty list for what is not there, instead of refusing. */
const answersEmpty = new Set(['mailbox.listMails']);

/** What stands below a case in the address: together with another case it is nothing. */
const below = ['entryId', 'attachmentId', 'planId', 'promiseId', 'moveId'];

export const mayUse = (person: Person, { endpoint }: Door): boolean => !isPermission(endpoint.access) || person.can(endpoint.access);
const isMeant = (thing: Thing, door: Door) => paramsOf(door).every((param) => param in thing.ids) && (!thing.isOne || Object.keys(thing.ids).every((name) => paramsOf(door).includes(name)));
/** One case of a colleague’s own says what all do. */
export const isTriedBy = (person: Person, { of }: { of?: string }): boolean => !of?.startsWith('own of') || of === `own of ${person.role}` || of === (person.role === 'agent' ? 'own of admin' : 'own of agent');

/** Everything in the world that an address of the door can name, and what belongs to a hidden case under the name of one's own. */
export function thingsBehind(world: World, person: Person, door: Door): Thing[] {
  const params = paramsOf(door);
  if (params.length === 0) return [{ what: 'it', ids: {}, mayReach: () => true }];
  const meant = world.things.filter((thing) => isTriedBy(person, thing) && isMeant(thing, door));
  const found = [...new Map(meant.map((thing) => [params.map((param) => thing.ids[param]).join(' '), thing])).values()];
  const own = world.cases[`own of ${person.role}`];
  if (own && params.includes('otherCaseId')) return linksWith(world, person, own.caseId);
  if (!own || !params.includes('caseId') || !params.some((param) => below.includes(param))) return found;
  return [...found, ...found.filter((thing) => !thing.mayReach(person)).map((thing): Thing => ({ what: `${thing.what}, under a case of one’s own`, ids: { ...thing.ids, caseId: own.caseId }, mayReach: () => false }))];
}

/** One's own case and another, either way. */
const linksWith = (world: World, person: Person, own: string): Thing[] =>
  world.things.filter((thing) => thing.ids['caseId'] && !thing.isOne && isTriedBy(person, thing) && !thing.mayReach(person)).flatMap(({ what, ids: { caseId = '' }, mayReach }) => [{ what, ids: { caseId, otherCaseId: own }, mayReach }, { what, ids: { caseId: own, otherCaseId: caseId }, mayReach }]);

export const nothingBehind = (door: Door): string => `${door.name}: nothing in the world has ${paramsOf(door).map((param) => `:${param}`).join(' and ')}. Make one in server/testing/matrix, with a word of its own where it has words.`;

/** Everybody asks for everything that can be read. Answers what should not have been, in words. */
export async function readEverything(world: World): Promise<string[]> {
  const complaints: string[] = [];
  const opened = new Set<string>();
  const questions = questionsAt(world);
  const readable = doors.filter(({ endpoint }) => endpoint.method === 'GET' && endpoint.access !== 'public');

  const tryDoor = async (person: Person, door: Door) => {
    const things = thingsBehind(world, person, door);
    if (things.length === 0) complaints.push(nothingBehind(door));
    for (const thing of things)
      for (const query of questions(door)) {
        const { status, text, asked } = await knock(person, door, { known: thing.ids, query });
        const where = `${person.role} at ${door.name} of ${thing.what}`;
        if (!(door.name in tellsAll)) complaints.push(...world.secrets.leaksIn(text, person, asked, { areIdsKnown: door.name in tellsIds }).map((leak) => `${where}: hears ${leak} (${asked})`));
        if (status < 300) opened.add(door.name);
        if (!thing.mayReach(person) && ![403, 404].includes(status) && !answersEmpty.has(door.name)) complaints.push(`${where}: may not reach it and is answered ${status}`);
        if (status >= 500 || [400, 401, 429].includes(status)) complaints.push(`${where}: was not asked well: ${status} ${text.slice(-200)} (${asked})`);
      }
  };
  await Promise.all(world.people.map(async (person) => {
    // That a right is asked for is proved at the doors themselves.
    for (const door of readable) if (mayUse(person, door)) await tryDoor(person, door);
  }));
  for (const { name } of readable) if (!opened.has(name)) complaints.push(`${name}: opened for nobody, so nothing is proved by its refusals`);
  return complaints;
}
