import { eventually } from '../mail/free-port.ts';
import { fingerprints, fingerprintsOfAccount } from './fingerprints.ts';
import { doors, idsInBody, knock, paramsOf, type Known } from './knock.ts';
import type { Person } from './people.ts';
import { isTriedBy, mayUse, nothingBehind, thingsBehind } from './reads.ts';
import type { World } from './world.ts';

const changing = doors.filter(({ endpoint }) => endpoint.method !== 'GET' && endpoint.access !== 'public');
/** Refused before anything is looked for, with nothing that tells of it, and why. */
const refusedEarlier: Readonly<Record<string, readonly [status: number, why: string]>> = {
  'macros.preview': [422, 'A macro that says nothing is none, wherever it is tried.'],
  'customers.restoreIdentity': [409, 'What was removed comes with the request, sealed; nothing is looked for before that is opened.'],
  ...Object.fromEntries(['reschedule', 'sendNow', 'takeBack'].map((name) => [`mailOut.${name}`, [409, 'What does not wait on the case any more has gone out or was taken back: it is the same whether it ever waited.']])),
};
/** What the house does by itself meanwhile: hands on, retries, folds what it counted. */
const background = ['event', 'event_handled', 'session', 'case_tally', 'ledger_tally', 'rule_tally', 'webhook_endpoint', 'insight_mark', 'insight_roll', 'insight_day'];

const changed = (before: Record<string, string>, after: Record<string, string>) => Object.keys(after).filter((table) => before[table] !== after[table]);

/** Everybody tries to change what is out of their reach, by its ids in the address. Answers what should not have been, in words. */
export async function changeTheUnreachable(world: World): Promise<string[]> {
  const complaints: string[] = [];
  const accounts = [world.company, world.other].map(({ account }) => account.accountId);
  const prints = () => Promise.all(accounts.map((accountId) => fingerprintsOfAccount(world.house, accountId, background)));
  const before = await prints();
  await Promise.all(world.people.map(async (person) => {
    for (const door of changing) {
      if (paramsOf(door).length === 0 || !mayUse(person, door)) continue;
      const things = thingsBehind(world, person, door);
      if (things.length === 0) complaints.push(nothingBehind(door));
      for (const thing of things.filter(({ mayReach }) => !mayReach(person))) {
        const { status, text, asked } = await knock(person, door, { known: { ...thing.ids, intoCaseId: world.cases[`own of ${person.role}`]?.caseId ?? '' } });
        const where = `${person.role} at ${door.name} of ${thing.what}`;
        if (![403, 404, refusedEarlier[door.name]?.[0]].includes(status)) complaints.push(`${where}: is answered ${status} ${text.slice(-300)} (${asked})`);
        complaints.push(...world.secrets.leaksIn(text, person, asked).map((leak) => `${where}: hears ${leak}`));
      }
    }
  }));
  const after = await prints();
  after.forEach((print, i) => complaints.push(...changed(before[i] ?? {}, print).map((table) => `${i === 0 ? 'their own' : 'the other'} company: something in ${table} has changed`)));
  return complaints;
}

/** Doors that take ids of what is not there for the person, and why. */
const passesOver: Readonly<Record<string, readonly string[]>> = {
  'How far somebody has read: compared with what is on the case, never looked up.': ['cases.update entryId', 'cases.reply entryId', 'cases.addNote entryId', 'cases.markRead entryId', 'mailOut.plan entryId'],
  'Kept with one’s own words, and asked for when they are sent.': ['cases.saveDraft entryId', 'mailOut.plan agentId', 'mailOut.plan teamId'],
  'What one was told oneself is read, also of a case that has left since.': ['following.readMentions caseId', 'notifications.read caseId', 'following.readMentions mentionId', 'notifications.read notificationId'],
  'Of a list of ids those that are one’s own are taken.': ['views.order viewId', 'caseFields.order fieldId', 'rules.setOrder ruleId'],
  'Every case of a run is asked for on its own.': ['bulk.start caseId', 'bulk.start agentId', 'bulk.start teamId', 'bulk.start inboxId', 'bulk.start customerId', 'bulk.start organizationId', 'bulk.start fieldId'],
  'A filter by what is not there finds nothing.': ['views.create fieldId', 'views.create agentId', 'views.create inboxId', 'insights.startExport teamId', 'insights.startExport agentId', 'insights.startExport inboxId'],
  'Nothing happens, and nothing of it is told.': ['macros.preview agentId', 'macros.preview teamId', 'rules.tryOut macroId', 'rules.tryOut endpointId', 'rules.tryOut teamId', 'rules.tryOut agentId', 'rules.tryOut fieldId'],
  'A new case has no files yet.': ['mailOut.begin attachmentId'],
};
const isPassedOver = new Set(Object.values(passesOver).flat());

/** Names of ids in bodies that stand for nothing the world has, and why. */
const ofNothing: Readonly<Record<string, string>> = { challengeId: 'of a sign-in that is under way', id: 'of a choice that is written, or an inbox as the address has it' };

/** What is hidden from the person, of one case and company at a time: by the name of the field. */
function hiddenIds(world: World, person: Person): [string, Known][] {
  const hidden = world.things.filter((thing) => isTriedBy(person, thing) && !thing.isOne && !thing.mayReach(person));
  const bags = Map.groupBy(hidden, ({ what, of }) => of ?? what);
  return [...bags].map(([what, things]): [string, Known] => [what, Object.assign({}, ...things.map(({ ids }) => ids)) as Known]);
}

/** The same with ids in the body, at doors that are open. */
export async function nameTheUnreachable(world: World): Promise<string[]> {
  const complaints: string[] = [];
  // People’s own cases are what they try it on: those move on for a while.
  const known = new Set([...world.things.flatMap(({ ids }) => Object.keys(ids)), ...Object.keys(ofNothing)]);
  for (const door of changing) for (const name of idsInBody(door)) if (!known.has(name)) complaints.push(`${door.name}: nothing in the world has the ${name} that its body takes. Make one in server/testing/matrix, or say in knock.ts what it means.`);
  const hiddenCases = (person: Person) => Object.values(world.cases).filter((one) => !one.name.startsWith('own of') && !one.mayReach(person)).map(({ caseId }) => caseId);
  for (const person of world.people) {
    const own = world.cases[`own of ${person.role}`]?.caseId ?? '';
    const cases = hiddenCases(person);
    const prints = async () => [await fingerprints(world.house, cases), await fingerprintsOfAccount(world.house, world.other.account.accountId, background)] as const;
    const before = await prints();
    const mine = Object.assign({}, ...world.things.filter((thing) => !thing.isOne && thing.mayReach(person) && (thing.ids['caseId'] === undefined || thing.ids['caseId'] === own)).map(({ ids }) => ids)) as Known;
    for (const door of changing.filter((each) => mayUse(person, each)))
      for (const [what, ids] of hiddenIds(world, person))
        for (const name of idsInBody(door).filter((each) => each in ids)) {
          const { status, text, asked } = await knock(person, door, { known: mine, inBody: { [name]: ids[name] ?? '' } });
          const where = `${person.role} at ${door.name} with ${name} of ${what}`;
          if (status < 300 && !isPassedOver.has(`${door.name} ${name}`)) complaints.push(`${where}: is taken (${asked})`);
          if (status >= 500) complaints.push(`${where}: ${status} (${asked})`);
          complaints.push(...world.secrets.leaksIn(text, person, asked).map((leak) => `${where}: hears ${leak} (${asked})`));
        }
    if (person.can('case.edit')) await eventually('their runs are at an end', async () => (await person.client.bulk.list()).items.every(({ state }) => state === 'done'));
    const after = await prints();
    after.forEach((print, i) => complaints.push(...changed(before[i] ?? {}, print).map((table) => `${person.role}: something in ${table} has changed ${i === 0 ? 'on a case out of sight' : 'in the other company'}`)));
  }
  return complaints;
}
