import type { TestAccount, TestHouse } from '../test-house.ts';
import { makeBelongings } from './belongings.ts';
import { makeCases, type MadeCase } from './cases.ts';
import type { Company } from './company.ts';
import { hirePeople, type Person } from './people.ts';
import { openSecrets, type Secrets } from './secrets.ts';

export interface World {
  house: TestHouse;
  people: readonly Person[];
  company: Company;
  other: Company;
  cases: Record<string, MadeCase>;
  /** Of both companies. */
  things: Company['things'];
  secrets: Secrets;
}

async function found(house: TestHouse, account: TestAccount, secrets: Secrets, hasPeople: boolean): Promise<[Company, Record<string, MadeCase>]> {
  const admin = await account.admin();
  const near = account.teamId;
  const far = (await admin.client.accounts.createTeam({ body: { name: 'Far' } })).id;
  const bea = await account.signedInClient('admin', { name: 'Bea Author', teamIds: [near, far] });
  const inbox = async (name: string, teamId: string | null) => (await admin.client.inboxes.create({ body: { channel: 'email', name, teamId, settings: { address: `${name}@${account.accountId.slice(-8)}.test` } } })).id;
  const inboxes = { near: await inbox('near', near), far: await inbox('far', far), loose: await inbox('loose', null) };
  const people = hasPeople ? await hirePeople(account, near) : [];
  const company: Company = { house, account, bea, near, far, inboxes, people, secrets, things: [], within: (oracle) => (person) => person.company === account.accountId && oracle(person) };
  const cases = await makeCases(company);
  await makeBelongings(company, cases);
  return [company, cases];
}

/** Two companies with one of everything; the people who try the doors work for the first. */
export async function openWorld(house: TestHouse): Promise<World> {
  const secrets = openSecrets();
  const [[company, cases], [other]] = await Promise.all([found(house, house, secrets, true), found(house, await house.anotherAccount(), secrets, false)]);
  // Of the other company's cases one says what all do: they have the account in common.
  return { house, people: company.people, company, other, cases, things: [...company.things, ...other.things.filter(({ of }) => of === undefined || of === 'near')], secrets };
}
