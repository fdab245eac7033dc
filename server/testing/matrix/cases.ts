import assert from 'node:assert/strict';
import { takeIn } from '../../src/channels/index.ts';
import { purgeCases } from '../../src/cases/index.ts';
import { eventually } from '../mail/free-port.ts';
import { everybody, nobody, type Company } from './company.ts';
import type { Person } from './people.ts';
import type { Oracle } from './secrets.ts';

/** Where a case lies, as far as seeing it is concerned. */
export interface Place {
  team: string | null;
  assignee: string | null;
  isDeleted: boolean;
}

/** own: assigned to me. team: also those of my teams and of no team. all: every one. What was deleted is there for those who may delete. */
export function seesCase(person: Person, place: Place): boolean {
  if (!person.can('case.read') || (place.isDeleted && !person.can('case.delete'))) return false;
  if (person.scope === 'all' || place.assignee === person.agentId) return true;
  return person.scope === 'team' && (place.team === null || person.teamIds.includes(place.team));
}

export interface MadeCase {
  name: string;
  what: string;
  /** Stands in all that was said on it. */
  word: string;
  caseId: string;
  number: number;
  place: Place;
  /** Where it is told of beside its own place: its words where it was merged to, its customer where they were merged, its id where something points to it. */
  told: Record<'words' | 'customer' | 'id', Place[]>;
  customerId: string;
  address: string;
  mayReach: Oracle;
}

type Inbox = keyof Company['inboxes'];
const inMonths = new Date(Date.now() + 200 * 86_400_000).toISOString();

async function arrive(company: Company, name: string, what: string, inbox: Inbox): Promise<MadeCase> {
  const { house, account, secrets, bea } = company;
  const place: Place = { team: inbox === 'loose' ? null : company[inbox], assignee: null, isDeleted: false };
  const told: MadeCase['told'] = { words: [place], customer: [place], id: [place] };
  const at = (about: keyof typeof told): Oracle => (person) => told[about].some((each) => seesCase(person, each));
  const word = secrets.word(`what was said in ${what}`, company.within(at('words')));
  // A customer is there for whoever may see customers, and on their cases for whoever sees those.
  const who = secrets.word(`the customer of ${what}`, company.within((person) => person.can('customer.read') || at('customer')(person)));
  const address = `${who}@customers.example`;
  const raw = [
    `From: Carla ${who} <${address}>`, 'To: desk@company.test', `Subject: About ${word}`, `Message-ID: <${word}@customers.example>`, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html', '',
    `<p>Where is my ${word}?</p>`, '--b', `Content-Type: text/plain; name="${word}.txt"`, `Content-Disposition: attachment; filename="${word}.txt"`, '', `The plan of ${word}`, '--b--', '',
  ].join('\r\n');
  const { caseId } = await takeIn(house.platform, { accountId: account.accountId, inboxId: company.inboxes[inbox], door: 'api', raw: Buffer.from(raw), envelopeFrom: undefined, envelopeTo: [], arrivedAt: new Date() });
  assert.ok(caseId, what);
  const { number, customer } = await bea.client.cases.get({ params: { caseId } });
  secrets.id(caseId, what, company.within(at('id')));
  return { name, what, word, caseId, number, place, told, customerId: customer.id, address, mayReach: company.within((person) => seesCase(person, place)) };
}

/** Everything that can hang on a case, with the case's own word in it. */
async function fill(company: Company, made: MadeCase): Promise<void> {
  const told = made.word;
  const { bea, secrets, people, account } = company;
  const params = { caseId: made.caseId };
  const { id: attachmentId } = await bea.client.cases.upload({ params, query: { filename: `${told}.pdf`, mediaType: 'text/plain' }, body: Buffer.from(`bytes of ${told}`) as never });
  const note = await bea.client.cases.addNote({ params, body: { text: `Between us: ${told}`, attachmentIds: [attachmentId], mentionIds: people.filter((person) => seesCase(person, made.place)).map((person) => person.agentId), promise: { text: `We promise ${told}`, dueAt: inMonths } } });
  const sent = await bea.client.cases.reply({ params, body: { text: `We look into ${told}`, to: [made.address], thenStatus: 'open' } });
  await bea.client.cases.update({ params, body: { addTags: [`tag-${told}`] } });
  const { planned } = await bea.client.mailOut.plan({ params, body: { message: { kind: 'reply', text: `Later on ${told}`, to: [made.address] }, sendAt: inMonths } });
  const ofBea = secrets.word(`Bea’s draft on ${made.what}`, nobody);
  await bea.client.cases.saveDraft({ params: { ...params, mode: 'note' }, body: { text: `Unfinished: ${ofBea}`, revision: 0 } });
  const { items } = await bea.client.cases.listEntries({ params });
  const received = items.find((entry) => entry.kind === 'message' && entry.direction === 'in') ?? assert.fail(made.what);
  const [promise] = (await bea.client.promises.list({ params })).items;
  const rows = await account.asSystem((ctx) => ctx.tx.run<{ id: string }>('select id from ledger where case_id = $1', [made.caseId]));
  assert.ok(planned && promise && rows.length > 0, made.what);
  const ids = { caseId: made.caseId, attachmentId, planId: planned.id, promiseId: promise.id, mode: 'note' };
  // Numbers are each company’s own, and mean another case in another.
  if (people.length > 0) company.things.push({ what: made.what, of: made.name, ids: { number: String(made.number) }, mayReach: made.mayReach });
  company.things.push(
    { what: `${made.what}, its first message`, of: made.name, ids: { ...ids, entryId: received.id }, mayReach: made.mayReach },
    { what: `${made.what}, its answer`, of: made.name, ids: { caseId: made.caseId, entryId: sent.id }, mayReach: made.mayReach },
    { what: `${made.what}, its note`, of: made.name, ids: { caseId: made.caseId, entryId: note.id }, mayReach: made.mayReach },
    { what: `the built-in mailbox of the customer of ${made.what}`, of: made.name, ids: { address: made.address }, mayReach: company.within(everybody) },
    ...rows.map(({ id }) => ({ what: `a line of the ledger about ${made.what}`, of: made.name, ids: { ledgerId: id }, mayReach: made.mayReach })),
  );
}

async function caseIn(company: Company, name: string, what: string, inbox: Inbox): Promise<MadeCase> {
  const made = await arrive(company, name, what, inbox);
  await fill(company, made);
  return made;
}

/** Cases in every place that a case can lie in. */
export async function makeCases(company: Company): Promise<Record<string, MadeCase>> {
  const { bea, people, account, secrets } = company;
  const [near, far, loose] = await Promise.all([caseIn(company, 'near', 'a case of the near team', 'near'), caseIn(company, 'far', 'a case of the far team', 'far'), caseIn(company, 'loose', 'a case of no team', 'loose')]);
  const made: Record<string, MadeCase> = { near, far, loose };

  await Promise.all(people.map(async (person) => {
    const own = await caseIn(company, `own of ${person.role}`, `a case of the far team that is assigned to ${person.role}`, 'far');
    // By hand nobody is given a case of a team they do not serve; whoever left a team keeps what was theirs.
    await account.asSystem((ctx) => ctx.tx.run('update cases set assignee_id = $2 where id = $1', [own.caseId, person.agentId]));
    own.place.assignee = person.agentId;
    made[`own of ${person.role}`] = own;
  }));

  // Everybody was told of it and follows it; then it went to another team.
  const left = await caseIn(company, 'left', 'a case that was handed to the far team', 'near');
  await Promise.all(people.filter((person) => seesCase(person, left.place)).map(async ({ client, role }) => {
    await client.following.follow({ params: { caseId: left.caseId } });
    await eventually(`${role} is told of the mention`, async () => (await client.notifications.list({ query: { limit: 100 } })).items.some(({ caseId }) => caseId === left.caseId));
  }));
  await bea.client.cases.update({ params: { caseId: left.caseId }, body: { teamId: company.far, brief: { asked: left.word, tried: left.word, promised: left.word, next: left.word } } });
  left.place.team = company.far;
  made['left'] = left;

  for (const inbox of ['near', 'far'] as const) {
    const deleted = await caseIn(company, `${inbox} deleted`, `a deleted case of the ${inbox} team`, inbox);
    await bea.client.moving.remove({ params: { caseId: deleted.caseId }, body: { reason: secrets.word(`why ${deleted.what} was deleted`, company.within((person) => deleted.mayReach(person) || person.can('audit.read'))) } });
    deleted.place.isDeleted = true;
    const spam = await caseIn(company, `${inbox} spam`, `a spam case of the ${inbox} team`, inbox);
    await bea.client.moving.markSpam({ params: { caseId: spam.caseId } });
    made[`${inbox} twin`] = await arrive(company, `${inbox} twin`, `a case of a customer whom the ${inbox} team knows under another name`, inbox);
    Object.assign(made, { [`${inbox} deleted`]: deleted, [`${inbox} spam`]: spam });
  }

  await bea.client.moving.link({ params: { caseId: near.caseId, otherCaseId: far.caseId }, body: { role: 'related' } });
  await moveBetween(company, made);
  made['gone'] = await purgeOne(company);
  return made;
}

/** Merged from here to there and from there to here, and split. What was merged belongs to where it went; the case that is left points there. */
async function moveBetween(company: Company, made: Record<string, MadeCase>): Promise<void> {
  const { bea } = company;
  for (const [from, into] of [['far', 'near'], ['near', 'far']] as const) {
    const source = await arrive(company, `merged into ${into}`, `a case of the ${from} team that was merged into one of the ${into} team`, from);
    const target = made[into] ?? assert.fail(into);
    const { moveId } = await bea.client.moving.merge({ params: { caseId: source.caseId }, body: { intoCaseId: target.caseId, isSameMatter: true } });
    source.told.words.push(target.place);
    source.told.customer.push(target.place);
    source.told.id.push(target.place);
    // The case that is left says where it went.
    target.told.id.push(source.place);
    company.things.push(
      { what: source.what, of: source.name, ids: { caseId: source.caseId }, mayReach: source.mayReach },
      { what: `a merge into ${target.what}`, of: target.name, ids: { caseId: target.caseId, moveId }, mayReach: target.mayReach },
    );
    made[`merged into ${into}`] = source;
  }
}

/** Gone for good: what the ledger still tells of it is for those who see every case. */
async function purgeOne(company: Company): Promise<MadeCase> {
  const { house, account, bea } = company;
  const gone = await arrive(company, 'gone', 'a case that is gone for good', 'near');
  await bea.client.moving.remove({ params: { caseId: gone.caseId }, body: { reason: 'Over' } });
  gone.place.team = 'none any more';
  const rows = await account.asSystem((ctx) => ctx.tx.run<{ id: string }>('select id from ledger where case_id = $1', [gone.caseId]));
  await account.asSystem((ctx) => ctx.tx.run(`update cases set removed_at = removed_at - interval '31 days' where id = $1`, [gone.caseId]));
  await purgeCases(house.platform);
  for (const { id } of rows) company.things.push({ what: 'a line of the ledger about a case that is gone for good', of: gone.name, ids: { ledgerId: id }, mayReach: gone.mayReach });
  return gone;
}
